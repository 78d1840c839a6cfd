package org.podpath.workloads;

import org.podpath.engine.cluster.Pod;
import org.podpath.engine.kernel.EventHandler;
import org.podpath.engine.traffic.Flow;

/**
 * Bulk data in one direction over parallel connections, as iperf3 and netperf TCP_STREAM send it.
 */
public final class StreamJob implements Job {
  /** Port of iperf3's server (IANA: targus-getdata1). */
  private static final int PORT = 5201;

  private final Session session;
  private final Pod from;
  private final Pod to;
  private final int flows;
  private final long bytesEach;
  private final long durationPs;
  private int running;

  /**
   * Streams side by side.
   *
   * @param bytesEach payload of each flow; {@link Flow#ENDLESS_BYTES}: time ends it
   * @param durationPs how long it sends; {@link Flow#NEVER_PS}: until every byte has arrived
   */
  public StreamJob(Session session, Pod from, Pod to, int flows, long bytesEach, long durationPs) {
    this.session = session;
    this.from = from;
    this.to = to;
    this.flows = flows;
    this.bytesEach = bytesEach;
    this.durationPs = durationPs;
  }

  @Override
  public void start(EventHandler done) {
    long untilPs =
        durationPs == Flow.NEVER_PS ? Flow.NEVER_PS : session.simulator().nowPs() + durationPs;
    running = flows;
    for (int i = 0; i < flows; i++) {
      Flow flow = session.request(session.connect(from, to, PORT), bytesEach, untilPs);
      session.engine().start(flow, () -> ended(done));
    }
  }

  private void ended(EventHandler done) {
    if (--running == 0) {
      done.handle();
    }
  }
}
