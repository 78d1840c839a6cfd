package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.datapath.NetworkPaths;
import org.podpath.engine.datapath.Uncontended;
import org.podpath.engine.datapath.Uncontended.Step;
import org.podpath.experiments.scenario.Experiment;
import org.podpath.experiments.scenario.Serve;
import org.podpath.workloads.ServingJob;

/**
 * A node full of pods against queues with Poisson arrivals and one length of service, M/D/1.
 *
 * <p>The node's cores are not quite that: a poll hands over at its end all that it took, so that
 * requests wait longer for their reading where load is high, and replies that leave the receiving core
 * one after the other find the sending core free where it is low. A recursion over arrivals, polls
 * and replies has both.
 */
class PodsPerNodeTheoryTest {
  private static final String PS = "%s %d";

  /** Where the busiest core has a utilisation of 0.25 to 0.8. */
  @ParameterizedTest
  @CsvSource({
      "20 ns a rule, kube-router, 200",
      "20 ns a rule, kube-router, 300",
      "20 ns a rule, neutron-hybrid, 200",
      "20 ns a rule, neutron-hybrid, 300",
      "20 ns a rule, calico-iptables, 800",
      "20 ns a rule, calico-iptables, 1000",
      "measured, kube-router, 500",
      "measured, kube-router, 800",
      "measured, neutron-hybrid, 300",
      "measured, cilium, 1200"})
  void meanWaitsAreThoseOfMD1Queues(String costs, String cni, String pods) {
    Experiment experiment =
        Scenarios.named(
            "pods-per-node", "costs=" + costs, "network.cni=" + cni, "pods=" + pods,
            "tenants.node.jobs.0.serve.requests=100000", "repeat=1");
    ClosedForm closed = new ClosedForm(experiment);
    RunResult result = Scenarios.play(experiment).getFirst();
    double meanPs =
        1e3 * result.report()
            .latencies()
            .stream()
            .filter(latency -> latency.key().metric().equals(ServingJob.REQUEST))
            .findFirst()
            .orElseThrow()
            .ns()
            .getMean();

    assertThat(closed.utilisation()).isBetween(0.2, 0.8);
    assertThat(meanPs - closed.idlePs())
        .isCloseTo(closed.waitPs(), withinPercentage(30))
        .isCloseTo(closed.polledWaitPs(), withinPercentage(10));
  }

  /**
   * What a request and its reply meet: passes on four cores, each a queue with a wait of ρ S / 2(1 − ρ)
   * (Pollaczek and Khinchine, services of one length).
   */
  private static final class ClosedForm {
    private final TreeMap<String, Double> servicePs = new TreeMap<>();
    private final TreeMap<String, Double> perPs = new TreeMap<>();
    private double idlePs;

    private ClosedForm(Experiment experiment) {
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
      for (String station : servicePs.keySet()) {
        int pods = station.startsWith("host0 ") ? serve.servers() : serve.clients();
        perPs.put(station, serve.ratePerSecond() / pods / 1e12);
      }
    }

    private static Pod pod(Cluster cluster, String name) {
      return cluster.pods().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
    }

    private void add(Uncontended way, long bytes) {
      for (Step step : way.messageSteps(bytes, false)) {
        switch (step) {
          case Step.Wait wait -> idlePs += wait.delayPs();
          case Step.Pass pass -> idlePs += serve(way, pass);
          case Step.Beside beside -> serve(way, beside.pass());
        }
      }
    }

    private double serve(Uncontended way, Step.Pass pass) {
      double ps = way.passPs(pass, 0, false);
      servicePs.merge(PS.formatted(pass.host().name(), pass.cpu()), ps, Double::sum);
      return ps;
    }

    private double idlePs() {
      return idlePs;
    }

    private double utilisation() {
      return servicePs.keySet().stream().mapToDouble(this::utilisation).max().orElseThrow();
    }

    private double utilisation(String station) {
      return servicePs.get(station) * perPs.get(station);
    }

    private double waitPs() {
      return servicePs.keySet().stream().mapToDouble(this::waitPs).sum();
    }

    private double waitPs(String station) {
      double busyRatio = utilisation(station);
      return busyRatio * servicePs.get(station) / (2 * (1 - busyRatio));
    }

    /** Poisson arrivals, polls of at most 64 that end as one, replies one after the other. */
    private double polledWaitPs() {
      double receivePs = servicePs.get(PS.formatted("host0", 1));
      double sendPs = servicePs.get(PS.formatted("host0", 0));
      double ratePerPs = perPs.get(PS.formatted("host0", 1));
      Random random = new Random(7);
      double[] arrivalPs = new double[400_001];
      for (int i = 1; i < arrivalPs.length; i++) {
        arrivalPs[i] = arrivalPs[i - 1] - Math.log(1 - random.nextDouble()) / ratePerPs;
      }
      double pollPs = 0;
      double sentPs = 0;
      double sumPs = 0;
      for (int first = 1; first < arrivalPs.length;) {
        double beginPs = Math.max(pollPs, arrivalPs[first]);
        int next = first;
        while (next < arrivalPs.length && next - first < 64 && arrivalPs[next] <= beginPs) {
          next++;
        }
        pollPs = beginPs + (next - first) * receivePs;
        for (; first < next; first++) {
          sentPs = Math.max(pollPs, sentPs) + sendPs;
          sumPs += sentPs - arrivalPs[first] - receivePs - sendPs;
        }
      }
      double clientsPs =
          servicePs.keySet()
              .stream()
              .filter(station -> !station.startsWith("host0 "))
              .mapToDouble(this::waitPs)
              .sum();
      return sumPs / (arrivalPs.length - 1) + clientsPs;
    }
  }
}
