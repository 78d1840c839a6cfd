package org.podpath.experiments.run;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams whose window is what limits them, in both engines. */
class WindowedStreamsAgreeTest {
  private static final String SCENARIO = """
      experiment: narrow-window
      cluster: {hosts: 2, cores: 8, profile: %s, receive: pod-core}
      network: {cni: host, transport: {tcp: {window: %s}}}
      placement: {a: host0, b: host1}
      tenants: {blue: {jobs: [{stream: {from: a, to: b, bytes: 20MB}}]}}
      sweep: {network.cni: [host, cilium]}
      """;

  @TempDir
  private Path folder;

  /** Half of a burst, a burst and a half, three bursts; with 1.25 MB the cores limit. */
  @ParameterizedTest
  @CsvSource({
      "warm, 30kB, 0.2",
      "warm, 100kB, 0.11",
      "warm, 200kB, 0.05",
      "linux618, 30kB, 0.2",
      "linux618, 100kB, 0.1",
      "linux618, 200kB, 0.1",
  })
  void aWindowIsSentInEveryRoundTrip(String profile, String window, double tolerance) {
    String scenario = SCENARIO.formatted(profile, window);
    BothEngines.agree(folder, scenario, Metric.THROUGHPUT, tolerance);
  }

  /** The interrupt of a card in bulk is what such a stream waits for: 83 µs in each round trip. */
  @ParameterizedTest
  @CsvSource({"ref, 300kB, 0.15", "seed10g, 60kB, 0.06",
      "seed10g, 300kB, 0.14"})
  void anAdaptiveCardStaysInBulk(String profile, String window, double tolerance) {
    String scenario = SCENARIO.formatted(profile, window);
    BothEngines.agree(folder, scenario, Metric.THROUGHPUT, tolerance);
  }
}
