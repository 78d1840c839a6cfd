package org.podpath.workloads;

import java.util.ArrayList;
import java.util.List;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.kernel.EventHandler;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Flow;

/**
 * Many senders to one receiver at once: in each round every sender sends its bytes, and the next
 * begins when all have arrived, as a client reads blocks that are striped over servers.
 *
 * <p>Source: A. Phanishayee et al., "Measurement and Analysis of TCP Throughput Collapse in
 * Cluster-based Storage Systems", FAST 2008, section 2; without the requests, which are small.
 */
public final class IncastJob implements Job {
  /** Name of the timed metric: from the start of a round until a sender's bytes have arrived. */
  public static final String FLOW = "flow_completion";

  /** Name of the timed metric: from the start of a round until all bytes have arrived. */
  public static final String ROUND = "round";

  /** Port of iperf's server (IANA: commplex-link). */
  private static final int PORT = 5001;

  private final Session session;
  private final String path;
  private final Pod receiver;
  private final List<Pod> senders;
  private final long bytesEach;
  private final long rounds;
  private final List<Connection> connections = new ArrayList<>();
  private long roundsDone;
  private long startPs;
  private int underWay;

  /**
   * An incast.
   *
   * @param path as its latencies are called in tables
   * @param bytesEach payload of each sender in each round
   */
  public IncastJob(
      Session session, String path, Pod receiver, List<Pod> senders, long bytesEach, long rounds) {
    this.session = session;
    this.path = path;
    this.receiver = receiver;
    this.senders = List.copyOf(senders);
    this.bytesEach = bytesEach;
    this.rounds = rounds;
  }

  @Override
  public void start(EventHandler done) {
    for (Pod sender : senders) {
      connections.add(session.connect(sender, receiver, PORT));
    }
    round(done);
  }

  private void round(EventHandler done) {
    startPs = session.simulator().nowPs();
    underWay = connections.size();
    for (Connection connection : connections) {
      Flow flow = session.request(connection, bytesEach, Flow.NEVER_PS);
      session.engine().start(flow, () -> arrived(done));
    }
  }

  private void arrived(EventHandler done) {
    long tookPs = session.simulator().nowPs() - startPs;
    session.recorder().latency(receiver.tenant(), path, FLOW, tookPs);
    if (--underWay > 0) {
      return;
    }
    session.recorder().latency(receiver.tenant(), path, ROUND, tookPs);
    if (++roundsDone < rounds) {
      round(done);
    } else {
      done.handle();
    }
  }
}
