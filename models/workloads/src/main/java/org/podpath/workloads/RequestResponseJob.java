package org.podpath.workloads;

import java.util.ArrayList;
import java.util.List;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.kernel.EventHandler;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Flow;

/**
 * One transaction after the other, as netperf TCP_RR does them on one connection: the next request
 * leaves when the reply to the last has been read. Each is timed as the client sees it. As TCP_CRR
 * does them, each opens a connection and closes it; ports are used again after {@link #PORTS}.
 */
public final class RequestResponseJob implements Job {
  /** Name of the timed metric. */
  public static final String TRANSACTION = "transaction";

  /** Port of netperf's server (IANA). */
  private static final int PORT = 12_865;

  /** Connections that take turns where each transaction opens one. */
  static final int PORTS = 64;

  private final Session session;
  private final String path;
  private final Pod client;
  private final Pod server;
  private final long bytes;
  private final long count;
  private final boolean connects;
  private final boolean datagrams;
  private final List<Connection> connections = new ArrayList<>();
  private long completed;

  /**
   * A closed loop.
   *
   * @param path as its latency is called in tables
   * @param bytes payload of the request, and as much of the reply
   * @param count transactions
   * @param connects whether each opens a connection before and closes it afterwards
   * @param datagrams whether each is a datagram there and one back, as netperf UDP_RR sends them
   */
  public RequestResponseJob(
      Session session, String path, Pod client, Pod server, long bytes, long count,
      boolean connects, boolean datagrams) {
    this.session = session;
    this.path = path;
    this.client = client;
    this.server = server;
    this.bytes = bytes;
    this.count = count;
    this.connects = connects;
    this.datagrams = datagrams;
  }

  @Override
  public void start(EventHandler done) {
    request(done);
  }

  /** The connections that have been opened take turns. */
  private Connection connection() {
    if (connections.size() < (connects ? PORTS : 1)) {
      connections.add(
          datagrams
              ? session.connectDatagrams(client, server, PORT)
              : session.connect(client, server, PORT));
      return connections.getLast();
    }
    return connections.get((int) (completed % connections.size()));
  }

  private void request(EventHandler done) {
    long sentPs = session.simulator().nowPs();
    Connection connection = connection();
    Flow request =
        datagrams
            ? session.datagram(connection, false, (int) bytes)
            : session.request(connection, bytes, Flow.NEVER_PS);
    session
        .engine()
        .start(
            connects ? request.opening() : request, () -> reply(connection, sentPs, done));
  }

  private void reply(Connection connection, long sentPs, EventHandler done) {
    Flow reply =
        datagrams
            ? session.datagram(connection, true, (int) bytes)
            : session.reply(connection, bytes);
    session
        .engine()
        .start(connects ? reply.closing() : reply, () -> replied(sentPs, done));
  }

  private void replied(long sentPs, EventHandler done) {
    long tookPs = session.simulator().nowPs() - sentPs;
    session.recorder().latency(client.tenant(), path, TRANSACTION, tookPs);
    completed++;
    if (completed < count) {
      request(done);
    } else {
      done.handle();
    }
  }
}
