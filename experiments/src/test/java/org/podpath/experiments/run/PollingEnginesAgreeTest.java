package org.podpath.experiments.run;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks whose switches poll, in both engines. */
class PollingEnginesAgreeTest {
  private static final String SCENARIO = """
      experiment: polled
      cluster: {hosts: 2, cores: 8, profile: %s, receive: %s, mtu: %s}
      network: {cni: vpp}
      placement: {a: host0, b: %s}
      tenants: {blue: {jobs: [%s]}}
      sweep: {network.cni: [ovs-dpdk, vpp, vpp-memif]}
      """;

  @TempDir
  private Path folder;

  /** Of several frames the cores before the receiver take the next while it reads the first. */
  @ParameterizedTest
  @CsvSource({"1B, 0.001", "1024B, 0.001", "8000B, 0.001", "16KiB, 0.1", "64KiB, 0.1"})
  void messagesTakeTheSameTime(String bytes, double tolerance) {
    String loop = "{request-response: {from: a, to: b, bytes: " + bytes + ", count: 20}}";

    for (String where : List.of("host0", "host1")) {
      bothSay(Metric.TRANSACTION, tolerance, "seed10g", "pod-core", 9000, where, loop);
      bothSay(Metric.TRANSACTION, tolerance, "ref", "rss", 9000, where, loop);
    }
  }

  /**
   * How many frames meet in a poll hangs on the phases of cores: 9 % of short ones, as much as 4 % on
   * networks of kernels alone.
   */
  @ParameterizedTest
  @CsvSource({"1500, 0.09", "9000, 0.05"})
  void longStreamsGoAtTheSameRateAndTakeTheSameCores(int mtuBytes, double tolerance) {
    String stream = "{stream: {from: a, to: b, bytes: 50MB}}";

    for (String where : List.of("host0", "host1")) {
      for (String profile : List.of("seed10g", "ref")) {
        bothSay(Metric.THROUGHPUT, tolerance, profile, "pod-core", mtuBytes, where, stream);
        bothSay(Metric.CPU, 0.07, profile, "pod-core", mtuBytes, where, stream);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1B, 1e-3", "1024B, 1e-3"})
  void datagramsTakeTheSameTime(String bytes, double tolerance) {
    String loop =
        "{request-response: {from: a, to: b, bytes: " + bytes + ", count: 20, protocol: udp}}";

    for (String where : List.of("host0", "host1")) {
      bothSay(Metric.TRANSACTION, tolerance, "ref", "pod-core", 9000, where, loop);
    }
  }

  private void bothSay(Metric metric, double tolerance, Object... scenario) {
    BothEngines.agree(folder, SCENARIO.formatted(scenario), metric, tolerance);
  }
}
