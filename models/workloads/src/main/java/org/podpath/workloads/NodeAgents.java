package org.podpath.workloads;

import java.util.ArrayList;
import java.util.List;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.datapath.RuleWriter;
import org.podpath.engine.kernel.EventHandler;
import org.podpath.engine.kernel.RandomStream;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.results.CpuTime;
import org.podpath.engine.results.Recorder;
import org.podpath.engine.traffic.Engine;

/**
 * Agents of all hosts, which write what packets are checked against when pods come and go. A pod can be
 * reached once what it needs is written on its host.
 */
public final class NodeAgents {
  /**
   * Name of the timed metric: from a change until it is in force on a host, one sample for each pod that
   * came or went and host that it is a change for.
   */
  public static final String PROGRAMMING = "programming";

  private static final double PS_PER_SECOND = 1e12;

  private final Simulator simulator;
  private final Engine engine;
  private final Recorder recorder;
  private final Cluster cluster;
  private final boolean everywhere;
  private final List<Node> nodes = new ArrayList<>();

  /**
   * Agents with nothing to write.
   *
   * @param writers those of each host
   */
  public NodeAgents(
      Simulator simulator,
      Engine engine,
      Recorder recorder,
      Cluster cluster,
      List<RuleWriter> writers) {
    this.simulator = simulator;
    this.engine = engine;
    this.recorder = recorder;
    this.cluster = cluster;
    everywhere = writers.stream().anyMatch(RuleWriter::ofAllHosts);
    cluster.topology().hosts().forEach(host -> nodes.add(new Node(host, writers)));
  }

  /** The agents of a host. */
  private static final class Node {
    private final Host host;
    private final XtablesLock lock = new XtablesLock();
    private final List<RuleWriter> kinds;
    private final List<WriteQueue> queues = new ArrayList<>();

    private Node(Host host, List<RuleWriter> kinds) {
      this.host = host;
      this.kinds = kinds;
    }
  }

  /**
   * These pods come now, or go.
   *
   * @param inForce called once what they change is in force on each of their own hosts
   */
  public void changed(List<Pod> pods, EventHandler inForce) {
    int[] ofHost = new int[nodes.size()];
    for (Pod pod : pods) {
      ofHost[pod.host()]++;
    }
    Countdown left = new Countdown(inForce);
    for (Node node : nodes) {
      int own = ofHost[node.host.id()];
      for (int i = 0; i < own; i++) {
        changed(node, true, 1, left.oneMore());
      }
      if (everywhere && own < pods.size()) {
        changed(node, false, pods.size() - own, own > 0 ? left.oneMore() : () -> {});
      }
    }
    left.allKnown();
  }

  /**
   * From now on pods that are no job's come to each host and go, at random times.
   *
   * @param perSecond changes on each host, in the mean
   */
  public void churn(double perSecond) {
    for (Node node : nodes) {
      next(node.host, simulator.random("host/" + node.host.name() + "/churn"), perSecond);
    }
  }

  private void next(Host host, RandomStream gaps, double perSecond) {
    simulator.after(
        Math.round(gaps.exponential(1 / perSecond) * PS_PER_SECOND), () -> {
          for (Node node : nodes) {
            if (node.host == host || everywhere) {
              changed(node, node.host == host, 1, () -> {});
            }
          }
          next(host, gaps, perSecond);
        });
  }

  /** So many pods of this host, or of others, come or go. */
  private void changed(Node node, boolean own, int pods, EventHandler inForce) {
    long nowPs = simulator.nowPs();
    Countdown left =
        new Countdown(() -> {
          for (int i = 0; i < pods; i++) {
            recorder.latency(
                CpuTime.NOBODY, node.host.name(), PROGRAMMING, simulator.nowPs() - nowPs);
          }
          inForce.handle();
        });
    for (WriteQueue queue : queues(node)) {
      if (own || queue.writer().ofAllHosts()) {
        queue.add(pods, left.oneMore());
      }
    }
    left.allKnown();
  }

  private List<WriteQueue> queues(Node node) {
    if (node.queues.isEmpty()) {
      node.kinds.forEach(
          kind -> node.queues.add(
              new WriteQueue(simulator, engine, node.host, kind, node.lock)));
    }
    return node.queues;
  }
}
