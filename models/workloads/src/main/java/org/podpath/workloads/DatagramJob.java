package org.podpath.workloads;

import org.podpath.engine.cluster.Pod;
import org.podpath.engine.kernel.EventHandler;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Flow;
import org.podpath.engine.traffic.Pace;

/** Datagrams in one direction at a pace of their own, whether or not they arrive (UDP, RFC 768). */
public final class DatagramJob implements Job {
  /** Port of iperf3's server (IANA: targus-getdata1). */
  private static final int PORT = 5201;

  private final Session session;
  private final Pod from;
  private final Pod to;
  private final DatagramLoad load;

  /** A flow of datagrams. */
  public DatagramJob(Session session, Pod from, Pod to, DatagramLoad load) {
    this.session = session;
    this.from = from;
    this.to = to;
    this.load = load;
  }

  @Override
  public void start(EventHandler done) {
    Connection connection = session.connectDatagrams(from, to, PORT);
    long untilPs =
        load.durationPs() == Flow.NEVER_PS
            ? Flow.NEVER_PS
            : session.simulator().nowPs() + load.durationPs();
    Flow flow = session.request(connection, load.bytes(), untilPs, pace());
    session.engine().start(flow, done);
  }

  /** Random gaps come from a stream of the job's own: the same ones whoever else is there. */
  private Pace pace() {
    return load.poisson()
        ? Pace.poisson(load.datagramBytes(), load.meanGapPs(), session.nameOf("gaps"))
        : Pace.every(load.datagramBytes(), load.meanGapPs());
  }
}
