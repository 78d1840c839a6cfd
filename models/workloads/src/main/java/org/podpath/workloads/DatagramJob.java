package org.podpath.workloads;

import org.podpath.engine.cluster.Pod;
import org.podpath.engine.kernel.EventHandler;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Pace;

/** Datagrams in one direction at a pace of their own, whether or not they arrive (UDP, RFC 768). */
public final class DatagramJob implements Job {
  /** Port of iperf3's server (IANA: targus-getdata1). */
  private static final int PORT = 5201;

  private final Session session;
  private final Pod from;
  private final Pod to;
  private final long bytes;
  private final Pace pace;

  /**
   * A flow of datagrams.
   *
   * @param bytes payload of all of them
   */
  public DatagramJob(Session session, Pod from, Pod to, long bytes, Pace pace) {
    this.session = session;
    this.from = from;
    this.to = to;
    this.bytes = bytes;
    this.pace = pace;
  }

  @Override
  public void start(EventHandler done) {
    Connection connection = session.connectDatagrams(from, to, PORT);
    session.engine().start(session.datagrams(connection, bytes, pace), done);
  }
}
