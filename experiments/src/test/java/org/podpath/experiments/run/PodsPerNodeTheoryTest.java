package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.datapath.NetworkPaths;
import org.podpath.engine.datapath.Uncontended;
import org.podpath.engine.datapath.Uncontended.Step;
import org.podpath.engine.results.CpuTime;
import org.podpath.engine.results.QueueUse;
import org.podpath.experiments.scenario.Experiment;
import org.podpath.experiments.scenario.Serve;
import org.podpath.workloads.ServingJob;

/**
 * A node full of pods against queues with Poisson arrivals and one length of service, M/D/1: the whole
 * way of a request and its reply. {@link NodeQueueTheoryTest} has the node's receive queue alone.
 */
class PodsPerNodeTheoryTest {

  /**
   * Where the busiest core has a utilisation of 0.2 to 0.8. The first request of each of 128 connections
   * waits for up-calls on neutron-hybrid (80 µs), so more requests are asked for there.
   */
  @ParameterizedTest
  @CsvSource({
      "20 ns a rule, kube-router, 200, 100000",
      "20 ns a rule, kube-router, 300, 100000",
      "20 ns a rule, neutron-hybrid, 200, 400000",
      "20 ns a rule, calico-iptables, 500, 100000",
      "measured, kube-router, 500, 100000",
      "measured, neutron-hybrid, 300, 400000",
      "measured, cilium, 1200, 100000"})
  void meanWaitsLieBetweenThoseOfOneAndOfAllMD1Queues(
      String costs, String cni, String pods, int requests) {
    Experiment experiment = experiment(costs, cni, pods, requests);
    RunResult result = Scenarios.play(experiment).getFirst();
    ClosedForm closed = new ClosedForm(experiment, result);
    double meanPs =
        1e3 * result.report()
            .latencies()
            .stream()
            .filter(latency -> latency.key().metric().equals(ServingJob.REQUEST))
            .findFirst()
            .orElseThrow()
            .ns()
            .getMean();

    assertThat(closed.busiestRatio()).isBetween(0.2, 0.8);
    assertThat(meanPs - closed.idlePs).isBetween(0.9 * closed.pollsPs, 1.05 * closed.waitPs);
  }

  /**
   * What a run prints side by side, metrics queue_wait and md1_wait. Of 100,000 requests 128 open a
   * connection; an up-call of neutron-hybrid (80 µs) makes services unequal, so it is not among these.
   */
  @ParameterizedTest
  @CsvSource({
      "20 ns a rule, kube-router, 200",
      "20 ns a rule, kube-router, 300",
      "20 ns a rule, calico-iptables, 500",
      "measured, kube-router, 500",
      "measured, kube-router, 800",
      "measured, calico-iptables, 1000",
      "measured, cilium, 1200"})
  void framesWaitInTheNodesReceiveQueuesAsInMD1Queues(String costs, String cni, String pods) {
    RunResult result = Scenarios.play(experiment(costs, cni, pods, 100_000)).getFirst();

    Map<Metric, Double> metrics = JobMetrics.of(result, result.jobs().getFirst());

    double md1Us = metrics.get(Metric.MD1_WAIT);
    assertThat(metrics.get(Metric.BUSIEST_CPU)).isBetween(0.2, 0.8);
    assertThat(metrics.get(Metric.QUEUE_WAIT)).isCloseTo(md1Us, within(0.1 * md1Us));
  }

  /**
   * The same without the interrupt, where rules are walked pod by pod: how much longer a frame waits than
   * on an idle node, against ρ S / 2(1 − ρ) of each queue.
   */
  @ParameterizedTest
  @CsvSource({
      "20 ns a rule, 200", "20 ns a rule, 300", "measured, 300", "measured, 500",
      "measured, 800"})
  void nodesOfLinearDispatchKeepFramesWaitingAsMD1Queues(String costs, String pods) {
    RunResult result =
        Scenarios.play(experiment(costs, "kube-router", pods, 200_000)).getFirst();

    double longerPs = 0;
    double md1Ps = 0;
    for (QueueUse use : result.report().queues()) {
      if (use.host() == 0) {
        double busyRatio = (double) use.busyPs() / result.simulatedPs();
        assertThat(busyRatio).isBetween(0.05, 0.8);
        longerPs +=
            use.waitedPs() - use.frames() * ((double) use.interruptedPs() / use.interrupts());
        md1Ps += use.busyPs() * busyRatio / (2 * (1 - busyRatio));
      }
    }

    assertThat(longerPs).isCloseTo(md1Ps, within(0.15 * md1Ps));
  }

  private static Experiment experiment(String costs, String cni, String pods, int requests) {
    return Scenarios.named(
        "pods-per-node", "costs=" + costs, "network.cni=" + cni, "pods=" + pods,
        "tenants.node.jobs.0.serve.requests=" + requests, "repeat=1");
  }

  /**
   * What a request and its reply meet: passes on six cores, each a queue with a wait of ρ S / 2(1 − ρ)
   * (Pollaczek and Khinchine, services of one length S), where ρ is how busy the core was. Connections
   * are spread over receive queues by a hash, so ρ is not the same on all. Arrivals come by chance to the
   * first only; who has waited there comes more regularly to the next and waits less, not at all where
   * there is one way and services get shorter (B. Avi-Itzhak, Management Science 11, 1965). So the wait
   * is at least that before the node's polls, and at most the sum.
   */
  private static final class ClosedForm {
    private final TreeMap<String, TreeMap<Integer, Double>> busyRatios = new TreeMap<>();
    private double idlePs;
    private double waitPs;
    private double pollsPs;

    private ClosedForm(Experiment experiment, RunResult result) {
      for (CpuTime time : result.report().cpuTimes()) {
        busyRatios.computeIfAbsent(kind(time.host(), time.cpu()), kind -> new TreeMap<>())
            .merge(
                100 * time.host() + time.cpu(), (double) time.busyPs() / result.simulatedPs(),
                Double::sum);
      }
      Wiring wiring = new Wiring(experiment.points().getFirst());
      Serve serve =
          (Serve) experiment.points()
              .getFirst()
              .scenario()
              .tenants()
              .get("node")
              .jobs()
              .getFirst();
      Cluster cluster = wiring.cluster();
      NetworkPaths paths = new NetworkPaths(wiring.network());
      Pod server = pod(cluster, "node-server-0");
      Pod client = pod(cluster, "node-client-0");
      add(new Uncontended(cluster, paths, client.id(), server.id(), 0, 0), serve.requestBytes());
      add(new Uncontended(cluster, paths, server.id(), client.id(), 0, 0), serve.replyBytes());
    }

    /** The node or its clients; four CPUs poll, then one of each two sends and the other reads. */
    private static String kind(int host, int cpu) {
      return (host == 0 ? "node " : "client ")
          + (cpu < 4 ? "polls" : cpu % 2 == 0 ? "sends" : "reads");
    }

    private static Pod pod(Cluster cluster, String name) {
      return cluster.pods().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
    }

    private void add(Uncontended way, long bytes) {
      for (Step step : way.messageSteps(bytes, false)) {
        switch (step) {
          case Step.Wait wait -> idlePs += wait.delayPs();
          case Step.Ring ring -> idlePs += ring.delayPs();
          case Step.Pass pass -> {
            double servicePs = way.passPs(pass, 0, false);
            idlePs += servicePs;
            String kind = kind(pass.host().id(), pass.cpu());
            waitPs += waitPs(kind, servicePs);
            pollsPs += kind.equals("node polls") ? waitPs(kind, servicePs) : 0;
          }
          case Step.Beside beside -> throw new AssertionError("a message of one segment");
        }
      }
    }

    /** The mean over the cores of a kind: as many come to each as it is busy. */
    private double waitPs(String kind, double servicePs) {
      double sumPs = 0;
      double sumRatio = 0;
      for (double busyRatio : busyRatios.get(kind).values()) {
        sumPs += busyRatio * busyRatio * servicePs / (2 * (1 - busyRatio));
        sumRatio += busyRatio;
      }
      return sumPs / sumRatio;
    }

    private double busiestRatio() {
      return busyRatios.values()
          .stream()
          .flatMap(ratios -> ratios.values().stream())
          .mapToDouble(Double::doubleValue)
          .max()
          .orElseThrow();
    }
  }
}
