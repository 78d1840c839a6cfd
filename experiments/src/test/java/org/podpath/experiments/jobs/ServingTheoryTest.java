package org.podpath.experiments.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.workloads.JobObserver.Request;

/** A server that takes as long for every request, and clients and a network that are fast. */
class ServingTheoryTest {
  private static final double SERVICE_PS = 10e9;
  private static final int MANY = 100_000;

  @TempDir
  private Path folder;

  /** Pollaczek-Khinchine for M/D/1: mean wait = rho s / (2 (1 − rho)). */
  @ParameterizedTest
  @ValueSource(doubles = {0.4, 0.8})
  void requestsWaitForTheServerAsInAnMD1Queue(double rho) {
    List<Request> requests = requests("poisson", rho, 200_000);

    double waitPs = requests.stream().mapToLong(Request::queuePs).average().orElseThrow();
    double expectedPs = rho * SERVICE_PS / (2 * (1 - rho));
    assertThat(waitPs).isCloseTo(expectedPs, within(0.05 * expectedPs));
  }

  /**
   * Bursts of 1.75 times the mean rate and pauses of a quarter, of 50 ms in the mean: over 2000 s
   * the mean rate is known to 0.75 · √(2 · 0.025 s/2000 s) = 0.38 %.
   */
  @Test
  void burstyRequestsAreAsManyButWaitLonger() {
    List<Request> bursty = requests("bursty", 0.5, MANY);
    List<Request> poisson = requests("poisson", 0.5, MANY);

    double lastPs = bursty.stream().mapToLong(Request::arrivePs).max().orElseThrow();
    assertThat(MANY / (lastPs / 1e12)).isCloseTo(50, within(0.02 * 50));
    assertThat((double) p99Ps(bursty)).isGreaterThan(1.2 * p99Ps(poisson));
  }

  @Test
  void aRequestsTimeIsItsNetworkItsWaitAndItsService() {
    for (Request request : requests("poisson", 0.4, 1_000)) {
      assertThat(request.computePs()).isEqualTo((long) SERVICE_PS);
      assertThat(request.networkPs()).isPositive();
      assertThat(request.totalPs())
          .isEqualTo(request.networkPs() + request.queuePs() + request.computePs());
    }
  }

  private List<Request> requests(String arrivals, double rho, int count) {
    return Played.first(folder, """
        experiment: serving
        engine: flow
        cluster: {hosts: 5, gpus: 1}
        network: {cni: sriov}
        tenants: {red: {jobs: [serve: {servers: 1, clients: 4, rate: %d/s, arrivals: %s,
          request: 64B, reply: 64B, service: 10ms, requests: %d}]}}
        """.formatted(Math.round(rho * 100), arrivals, count))
        .job("red/0")
        .requests();
  }

  private static long p99Ps(List<Request> requests) {
    long[] sorted = requests.stream().mapToLong(Request::totalPs).sorted().toArray();
    return sorted[(int) (0.99 * sorted.length)];
  }
}
