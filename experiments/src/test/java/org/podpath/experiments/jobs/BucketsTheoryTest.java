package org.podpath.experiments.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.experiments.jobs.Played.Way;

/**
 * Gradients sent in buckets while the backward pass goes on: the first bucket has 1 MB, bucket i is
 * ready r_i = forward + backward · (share of the bytes up to it), and reduced after the one before,
 * c_i = max(c_i−1, r_i) + AR(S_i). The forward pass is a third of the compute time.
 */
class BucketsTheoryTest {
  private static final int RANKS = 4;
  private static final double ADDING_PS_PER_BYTE = 5; // a GPU adds 200 GB/s
  private static final String OPENING = """
      experiment: buckets
      cluster: {hosts: 4, cores: 8, gpus: 1, nic: %s, receive: pod-core}
      network: {cni: cilium}
      """;
  private static final String JOB =
      """
          tenants: {blue: {jobs: [train: {ranks: 4, bytes: %s, compute: %s, overlap: buckets,
            bucket: %s, steps: 3}]}}
          """;

  @TempDir
  private Path folder;

  /** Compute decides, the network decides, and something between them. */
  @ParameterizedTest
  @CsvSource({"100ms, 0.1", "20ms, 0.02", "1ms, 0.001", "45ms, 0.045"})
  void aBucketIsReducedAfterTheOneBeforeAndWhenItIsReady(String compute, double seconds) {
    List<Double> sizes = List.of(1e6, 8e6, 8e6, 8e6);
    double computePs = seconds * 1e12;
    Way way = Played.way(folder, OPENING.formatted("10Gbps"));

    double sentBytes = 0;
    double endPs = 0;
    for (double bytes : sizes) {
      sentBytes += bytes;
      double readyPs = computePs / 3 + computePs * 2 / 3 * sentBytes / 25e6;
      endPs = Math.max(endPs, readyPs) + ringPs(way, bytes);
    }

    stepTakes(endPs, "10Gbps", "25MB", compute, "8MB");
  }

  /** Gradients of at most 1 MB are one bucket, which is ready when all is computed. */
  @Test
  void oneBucketIsSentAfterTheComputing() {
    Way way = Played.way(folder, OPENING.formatted("10Gbps"));

    stepTakes(5e9 + ringPs(way, 1e6), "10Gbps", "1MB", "5ms", "25MB");
  }

  /** A bucket of all bytes leaves 1 MB that goes before it, while the rest is being computed. */
  @Test
  void aBucketLargerThanTheGradientsLeavesTheFirstMegabyte() {
    Way way = Played.way(folder, OPENING.formatted("10Gbps"));

    stepTakes(50e9 + ringPs(way, 24e6), "10Gbps", "25MB", "50ms", "100MB");
  }

  /** All but the last bytes hide behind the computing, and these take no time to speak of. */
  @Test
  void anEndlesslyFastNetworkLeavesTheComputing() {
    stepTakes(1e12, "1000Gbps", "1MB", "1s", "10kB");
  }

  private static double ringPs(Way way, double bytes) {
    return 2 * (RANKS - 1) * way.ps(bytes / RANKS)
        + (RANKS - 1) * bytes / RANKS * ADDING_PS_PER_BYTE;
  }

  /** The form has no beginning of streams, with windows that grow and cards that adapt: up to 6 %. */
  private void stepTakes(
      double expectedPs, String nic, String bytes, String compute, String bucket) {
    String text = OPENING.formatted(nic) + JOB.formatted(bytes, compute, bucket);
    assertThat(Played.first(folder, text, "engine=flow").stepPs("blue/0", 1))
        .as("flow engine")
        .isCloseTo(expectedPs, within(0.06 * expectedPs));
    assertThat(Played.first(folder, text, "engine=packet").stepPs("blue/0", 1))
        .as("packet engine")
        .isCloseTo(expectedPs, within(0.06 * expectedPs));
  }
}
