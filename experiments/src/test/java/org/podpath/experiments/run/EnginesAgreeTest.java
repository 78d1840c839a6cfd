package org.podpath.experiments.run;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packet and the flow engine say the same where nothing queues that only packets can show. */
class EnginesAgreeTest {
  private static final String SCENARIO = """
      experiment: agree
      cluster: {hosts: 2, cores: 8, profile: %s, receive: %s}
      network: {cni: host}
      placement: {a: host0, b: %s}
      tenants: {blue: {jobs: [%s]}}
      sweep:
        network.cni: [host, flannel, calico-iptables, calico-ebpf, cilium, ovn-kubernetes, sriov,
          macvlan]
      """;

  @TempDir
  private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"1B", "1024B", "8000B", "9000B", "16KiB", "64KiB"})
  void messagesTakeTheSameTimeInBothEngines(String bytes) {
    String loop = "{request-response: {from: a, to: b, bytes: " + bytes + ", count: 20}}";

    for (String where : List.of("host0", "host1")) {
      bothSay(Metric.TRANSACTION, 0.03, "seed10g", "pod-core", where, loop);
      bothSay(Metric.TRANSACTION, answered(bytes) ? 0.37 : 0.05, "ref", "rss", where, loop);
    }
  }

  /**
   * Messages of several segments are acknowledged at once. The acknowledgement starts the timer of the
   * interrupt that then serves the reply as well, and warms the core for it: a matter of microseconds
   * that only packets show.
   */
  private static boolean answered(String bytes) {
    return bytes.endsWith("KiB") || bytes.equals("9000B");
  }

  /** Saturated by a core (seed10g) or by the link (ref at 10 Gb/s would be), one stream. */
  @ParameterizedTest
  @ValueSource(strings = {"seed10g", "ref"})
  void longFlowsFinishAtTheSameTimeInBothEngines(String profile) {
    String stream = "{stream: {from: a, to: b, bytes: 100MB}}";

    for (String where : List.of("host0", "host1")) {
      bothSay(Metric.THROUGHPUT, 0.02, profile, "pod-core", where, stream);
    }
  }

  /**
   * A pipeline of cores that fills, cold ones, and a window of ten segments that grows: 20 % between
   * 100 kB and 10 MB is what a fluid can be asked for. The flow engine knows rounds, not single acknowledgements.
   */
  @ParameterizedTest
  @CsvSource({"100kB, 0.23", "250kB, 0.08", "1MB, 0.06", "10MB, 0.035"})
  void shortStreamsTakeAboutTheSameTimeInBothEngines(String bytes, double tolerance) {
    String stream = "{stream: {from: a, to: b, bytes: " + bytes + "}}";

    for (String profile : List.of("seed10g", "ref")) {
      bothSay(Metric.THROUGHPUT, tolerance, profile, "pod-core", "host1", stream);
    }
  }

  /**
   * The start of a stream takes the same whether bytes or time end it: of 2 ms it is a tenth. On slow
   * cores whole polls of half a megabyte are read or not yet.
   */
  @ParameterizedTest
  @CsvSource({"2ms, 0.17", "20ms, 0.03"})
  void streamsThatTimeCutsHaveReadAboutTheSameInBothEngines(String duration, double tolerance) {
    String stream = "{stream: {from: a, to: b, duration: " + duration + "}}";

    bothSay(Metric.THROUGHPUT, tolerance, "ref", "pod-core", "host1", stream);
  }

  /**
   * At an MTU of 1,500 a core that polls and reads has no rest: its polls are ksoftirqd's, and while that
   * has some left, frames raise no interrupt.
   */
  @ParameterizedTest
  @ValueSource(strings = {"seed10g", "ref"})
  void pollsAndReadersShareACoreAlikeInBothEngines(String profile) {
    String stream = "{stream: {from: a, to: b, bytes: 50MB}}";

    String cpus = "rss, mtu: 1500, irq-cpus: [3], pin: {a: {tx: 2, rx: 3}, b: {tx: 2, rx: 3}}";
    bothSay(Metric.THROUGHPUT, 0.02, profile, cpus, "host1", stream);
    bothSay(Metric.HOST_CPU, 0.02, profile, cpus, "host1", stream);
  }

  /**
   * Super-packets of several connections meet in a poll, and GRO joins only frames of one: each takes more
   * of the core than it would alone.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 16})
  void connectionsSideBySideShareTheSameInBothEngines(int flows) {
    String stream = "{stream: {from: a, to: b, bytes: 50MB, flows: " + flows + "}}";

    bothSay(Metric.THROUGHPUT, 0.05, "seed10g", "pod-core", "host1", stream);
    bothSay(Metric.THROUGHPUT, 0.05, "seed10g", "pod-core", "host0", stream);
    if (flows < 16) { // their windows overrun the ring of 1,024 frames, which drops some
      bothSay(Metric.THROUGHPUT, flows == 2 ? 0.07 : 0.12, "ref", "rss", "host1", stream);
    }
  }

  private void bothSay(Metric metric, double tolerance, Object... scenario) {
    BothEngines.agree(folder, SCENARIO.formatted(scenario), metric, tolerance);
  }
}
