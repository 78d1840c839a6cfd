package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.engine.results.FinishedFlow;

/**
 * Services beside nobody: messages that wait for each other at polls, threads and rings. Requests come
 * as a Poisson process, so that those of a client may be under way together, on one connection.
 */
class ServiceEnginesAgreeTest {
  @TempDir
  private Path folder;

  /** Cards of both profiles adapt: four clients at 40,000/s bring that of the server into bulk. */
  @ParameterizedTest
  @CsvSource({
      "cilium, seed10g, pod-core, 1, 1, 2000, 1KiB, 1KiB, 0us, 0.02",
      "cilium, seed10g, pod-core, 1, 1, 20000, 64B, 64B, 0us, 0.05",
      "calico-iptables, ref, pod-core, 1, 1, 30000, 1KiB, 1KiB, 0us, 0.02",
      "sriov, seed10g, pod-core, 1, 1, 30000, 1KiB, 1KiB, 0us, 0.02",
      "cilium, seed10g, pod-core, 1, 4, 40000, 1KiB, 1KiB, 0us, 0.16",
      "cilium, ref, pod-core, 3, 4, 60000, 1KiB, 4KiB, 0us, 0.05",
      "calico-iptables, ref, rss, 1, 4, 20000, 1KiB, 1KiB, 0us, 0.02",
      "cilium, seed10g, pod-core, 1, 2, 20000, 1KiB, 16KiB, 0us, 0.16",
      "sriov, ref, pod-core, 1, 4, 20000, 1KiB, 1KiB, 20us, 0.02",
      "sriov, ref, rss, 4, 4, 8000, 4KiB, 16KiB, 200us, 0.03"
  })
  void requestsWaitForEachOtherAlike(
      String cni, String profile, String receive, int servers, int clients, int perSecond,
      String request, String reply, String service, double tolerance) {
    String job =
        """
            serve: {servers: %d, clients: %d, rate: %d/s, request: %s, reply: %s, service: %s,
                  requests: 20000}""".formatted(servers, clients, perSecond, request, reply,
            service);

    RunResult played = together(cni, profile, receive, job, "packet");
    RunResult computed = together(cni, profile, receive, job, "flow");

    assertThat(computed.status()).isEqualTo(RunResult.OK);
    double[] expectedUs = requestUs(played);
    double[] us = requestUs(computed);
    for (double quantile : new double[] {0.1, 0.5, 0.9, 0.99}) {
      double atUs = expectedUs[(int) (quantile * expectedUs.length)];
      assertThat(us[(int) (quantile * us.length)])
          .as("quantile %s", quantile)
          .isCloseTo(atUs, within(tolerance * atUs));
    }
  }

  /** Thirty connections whose ends wait for each other: cards in bulk hold what all of them wait for. */
  @Test
  void endsThatWaitForEachOtherGoAsFastAsTheirCards() {
    String job =
        String.join("}, {", Collections.nCopies(
            30, "request-response: {from: a, to: b, count: 1000000}"));

    RunResult played = together("calico-iptables", "seed10g", "pod-core", job, "packet");
    RunResult computed = together("calico-iptables", "seed10g", "pod-core", job, "flow");

    double expectedUs = meanMessageUs(played);
    assertThat(expectedUs).isBetween(470.0, 500.0);
    assertThat(meanMessageUs(computed)).isCloseTo(expectedUs, within(0.01 * expectedUs));
  }

  /** Nothing goes back on the connections of these, so that every message is acknowledged. */
  @ParameterizedTest
  @CsvSource({
      "ring, 1KiB, 2", "ring, 8KiB, 8", "tree, 1KiB, 8", "tree, 8KiB, 4",
      "halving-doubling, 8KiB, 8",
      "parameter-server, 1KiB, 8", "parameter-server, 8KiB, 4"
  })
  void collectivesOfSmallMessagesTakeTheSameTime(String algorithm, String bytes, int ranks) {
    String job =
        "all-reduce: {ranks: %d, bytes: %s, algorithm: %s}".formatted(ranks, bytes, algorithm);

    RunResult played = together("cilium", "ref", "pod-core", job, "packet");
    RunResult computed = together("cilium", "ref", "pod-core", job, "flow");

    assertThat(collectivePs(computed) / collectivePs(played)).isCloseTo(1, within(0.005));
  }

  private static double collectivePs(RunResult result) {
    return result.jobs()
        .stream()
        .flatMap(job -> job.collectives().stream())
        .mapToDouble(collective -> collective.endPs() - collective.startPs())
        .average()
        .orElseThrow();
  }

  private RunResult together(
      String cni, String profile, String receive, String job, String engine) {
    String text = """
        experiment: service
        seed: 5
        duration: 300ms
        cluster: {hosts: 16, cores: 8, profile: %s, nic: 10Gbps, mtu: 9000, receive: %s}
        network: {cni: %s}
        placement: spread
        tenants: {red: {jobs: [{%s}]}}
        """.formatted(profile, receive, cni, job);
    return Scenarios.play(Scenarios.ofText(folder, text, "engine=" + engine))
        .stream()
        .filter(result -> result.run().alone().isEmpty())
        .findFirst()
        .orElseThrow();
  }

  private static double[] requestUs(RunResult result) {
    return result.jobs()
        .stream()
        .flatMap(job -> job.requests().stream())
        .mapToDouble(request -> (request.endPs() - request.arrivePs()) / 1e6)
        .sorted()
        .toArray();
  }

  private static double meanMessageUs(RunResult result) {
    return result.report()
        .flows()
        .stream()
        .filter(FinishedFlow::complete)
        .mapToDouble(flow -> (flow.endPs() - flow.startPs()) / 1e6)
        .average()
        .orElseThrow();
  }
}
