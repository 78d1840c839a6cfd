package org.podpath.workloads;

import org.podpath.engine.cluster.Pod;
import org.podpath.engine.kernel.EventHandler;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Flow;

/**
 * One transaction after the other on one connection, as netperf TCP_RR does them: the next request
 * leaves when the reply to the last has been read. Each is timed as the client sees it.
 */
public final class RequestResponseJob implements Job {
  /** Name of the timed metric. */
  public static final String TRANSACTION = "transaction";

  /** Port of netperf's server (IANA). */
  private static final int PORT = 12_865;

  private final Session session;
  private final String path;
  private final Pod client;
  private final Pod server;
  private final long bytes;
  private final long count;
  private long completed;

  /**
   * A closed loop.
   *
   * @param path as its latency is called in tables
   * @param bytes payload of the request, and as much of the reply
   * @param count transactions
   */
  public RequestResponseJob(
      Session session, String path, Pod client, Pod server, long bytes, long count) {
    this.session = session;
    this.path = path;
    this.client = client;
    this.server = server;
    this.bytes = bytes;
    this.count = count;
  }

  @Override
  public void start(EventHandler done) {
    request(session.connect(client, server, PORT), done);
  }

  private void request(Connection connection, EventHandler done) {
    long sentPs = session.simulator().nowPs();
    Flow request = session.request(connection, bytes, Flow.NEVER_PS);
    session
        .engine()
        .start(
            request,
            () -> session
                .engine()
                .start(session.reply(connection, bytes), () -> replied(connection, sentPs, done)));
  }

  private void replied(Connection connection, long sentPs, EventHandler done) {
    long tookPs = session.simulator().nowPs() - sentPs;
    session.recorder().latency(client.tenant(), path, TRANSACTION, tookPs);
    completed++;
    if (completed < count) {
      request(connection, done);
    } else {
      done.handle();
    }
  }
}
