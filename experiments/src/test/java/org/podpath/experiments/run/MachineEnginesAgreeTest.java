package org.podpath.experiments.run;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pods in virtual machines, in both engines. */
class MachineEnginesAgreeTest {
  private static final String SCENARIO = """
      experiment: guests
      cluster: {hosts: 2, cores: 8, profile: %s, receive: %s, machine: kvm}
      network: {cni: cilium}
      placement: {a: host0, b: host1}
      tenants: {blue: {jobs: [%s]}}
      sweep: {cluster.machine: [kvm, kvm-posted], network.cni: [cilium, flannel, %s]}
      """;

  @TempDir
  private Path folder;

  @ParameterizedTest
  @CsvSource({"1B, 0.001", "8000B, 0.001", "64KiB, 0.05"})
  void messagesTakeTheSameTime(String bytes, double tolerance) {
    String loop = "{request-response: {from: a, to: b, bytes: " + bytes + ", count: 20}}";

    bothSay(Metric.TRANSACTION, tolerance, "seed10g", "pod-core", loop, "neutron-hybrid");
    bothSay(Metric.TRANSACTION, tolerance, "ref", "rss", loop, "sriov");
  }

  @ParameterizedTest
  @CsvSource({"ref, pod-core", "ref, rss", "seed10g, pod-core", "seed10g, rss"})
  void longStreamsGoAtTheSameRateAndTakeTheSameCores(String profile, String receive) {
    String stream = "{stream: {from: a, to: b, bytes: 50MB}}";

    bothSay(Metric.THROUGHPUT, 0.07, profile, receive, stream, "sriov");
    bothSay(Metric.HOST_CPU, 0.085, profile, receive, stream, "sriov");
  }

  @ParameterizedTest
  @CsvSource({"pod-core", "rss"})
  void datagramsTakeTheSameTime(String receive) {
    String loop = "{request-response: {from: a, to: b, bytes: 1000B, count: 20, protocol: udp}}";
    String paced = "{datagrams: {from: a, to: b, size: 1000B, packets: 100000/s, duration: 20ms}}";

    bothSay(Metric.TRANSACTION, 0.001, "ref", receive, loop, "neutron-hybrid");
    bothSay(Metric.HOST_CPU, 0.05, "ref", receive, paced, "neutron-hybrid");
  }

  /** On the packet engine the end of one connection delays the beginning of the next, machine or not. */
  @ParameterizedTest
  @CsvSource({"ref, 0.1", "seed10g, 0.06"})
  void connectionsTakeTheSameTime(String profile, double tolerance) {
    String loop = "{request-response: {from: a, to: b, bytes: 1B, count: 20, connect: true}}";

    bothSay(Metric.TRANSACTION, tolerance, profile, "pod-core", loop, "neutron-hybrid");
  }

  private void bothSay(Metric metric, double tolerance, Object... scenario) {
    BothEngines.agree(folder, SCENARIO.formatted(scenario), metric, tolerance);
  }
}
