package org.podpath.experiments.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.experiments.jobs.Played.Way;

/** Training with parameter servers against closed forms; the link of a server is the bottleneck. */
class ParameterServerTheoryTest {
  private static final String OPENING = """
      experiment: servers
      cluster: {hosts: %d, cores: 8, gpus: 1, nic: 10Gbps, receive: pod-core}
      network: {cni: cilium}
      """;
  /** What a GPU needs to add a byte, as scenarios have it: 200 GB/s. */
  private static final double ADDING_PS_PER_BYTE = 5;

  @TempDir
  private Path folder;

  /**
   * 2 max(S/B of a worker, n S/(p B of a server)) + 2α, and each server adds n shards of S/p bytes
   * one after the other.
   */
  @ParameterizedTest
  @CsvSource({"4, 1", "4, 2", "4, 4", "4, 8", "8, 1", "8, 4", "1, 1"})
  void aSynchronousStepTakesTwiceTheNarrowestLink(int workers, int servers) {
    double bytes = 25e6;
    String opening = OPENING.formatted(workers + servers);
    String text = opening + """
        tenants: {blue: {jobs: [train: {ranks: %d, servers: %d, collective: parameter-server,
          bytes: 25MB, compute: 1ms, steps: 3}]}}
        """.formatted(workers, servers);
    Way way = Played.way(folder, opening);
    double shareRatio = (double) workers / servers;

    double narrowest = Math.max(1, shareRatio);
    double addingPs = shareRatio * bytes * ADDING_PS_PER_BYTE;
    double expectedPs = 1e9 + 2 * way.ps(narrowest * bytes) + addingPs;
    assertThat(Played.first(folder, text, "engine=flow").stepPs("blue/0", 1))
        .isCloseTo(expectedPs, within(0.01 * expectedPs));
    assertThat(Played.first(folder, text, "engine=packet").stepPs("blue/0", 1))
        .isCloseTo(expectedPs, within(0.05 * expectedPs));
  }

  /**
   * A closed network: workers compute for an exponential time (with them the latencies and the
   * adding, which nobody waits for), then share the server's link in one direction and then in the
   * other. Mean value analysis (M. Reiser, S. Lavenberg, "Mean-value analysis of closed
   * multichain queuing networks", JACM 27(2), 1980): with n workers a station of demand D takes R =
   * D (1 + Q(n−1)), the rate is X = n/(think + 2R) and Q(n) = X R. It holds for deterministic
   * sizes because flows share links equally (processor sharing).
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16})
  void asynchronousWorkersAreMachinesAndTheirServerTheRepairman(int workers) {
    assertThat(repairsRatio(workers)).isCloseTo(1, within(0.02));
  }

  /** Steps of all workers in a second over what the closed form says. */
  private double repairsRatio(int workers) {
    String opening = OPENING.formatted(workers + 1);
    String text = opening + """
        engine: flow
        tenants: {blue: {jobs: [train: {ranks: %d, collective: parameter-server,
          synchronous: false, bytes: 1MB, compute: 8ms, variation: exponential, steps: 15000}]}}
        """.formatted(workers);
    Way way = Played.way(folder, opening);

    Played played = Played.first(folder, text);

    double demandPs = 1e6 * way.psPerByte();
    double thinkPs = 8e9 + 2 * way.latencyPs() + 1e6 * ADDING_PS_PER_BYTE;
    return 15_000.0 / played.result().simulatedPs() / repairsPerPs(workers, thinkPs, demandPs);
  }

  private static double repairsPerPs(int workers, double thinkPs, double demandPs) {
    double queued = 0;
    double rate = 0;
    for (int n = 1; n <= workers; n++) {
      double residencePs = demandPs * (1 + queued);
      rate = n / (thinkPs + 2 * residencePs);
      queued = rate * residencePs;
    }
    return rate;
  }
}
