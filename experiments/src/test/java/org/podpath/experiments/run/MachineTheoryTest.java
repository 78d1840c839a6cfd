package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.engine.datapath.Component;
import org.podpath.engine.results.CpuTime;

/** What virtual machines cost, on both engines. */
class MachineTheoryTest {
  private static final String SCENARIO = """
      experiment: guests
      engine: %s
      cluster: {hosts: 2, cores: 8, profile: %s, receive: pod-core, machine: %s}
      network: {cni: %s}
      placement: {a: host0, b: host1}
      tenants: {blue: {jobs: [%s]}}
      """;

  @TempDir
  private Path folder;

  /**
   * Each way, in ns of the core of `warm`, in a guest 1.1 times as much: the call 1,670 and 0.11 for the
   * byte, 80 to hand over, 1,800 for the kick; vhost thread 2,000 and 0.084, 80 to hand over; two cards
   * of 1,000, two links of 250 with 91 bytes at 40 Gb/s, switch 500; interrupt 900 and 120 for the frame;
   * vhost thread again; injection 2,500 or 600, interrupt 900, 120 for the packet, macvlan 120, TCP 1,400;
   * to read 1,230 and 0.165. Times are recorded to three digits.
   */
  @ParameterizedTest
  @CsvSource({"packet, kvm, 2500", "flow, kvm, 2500", "packet, kvm-posted, 600",
      "flow, kvm-posted, 600"})
  void aMessageMeetsGuestsHostsAndVhostThreads(String engine, String machine, double injectNs) {
    String loop = "{request-response: {from: a, to: b, bytes: 1B, count: 200}}";
    double sendNs = 1.1 * (1670.11 + 80) + 1800;
    double hostsNs = 2000.084 + 80 + 900 + 120.015 + 2000.08;
    double wireNs = 2 * 1000 + 2 * (250 + 91 * 0.2) + 500;
    double receiveNs = injectNs + 1.1 * (900 + 120.015 + 120 + 1400 + 1230.165);
    double wayNs = sendNs + hostsNs + wireNs + receiveNs;

    assertThat(Scenarios.value(play(engine, "warm", machine, "macvlan", loop), Metric.TRANSACTION))
        .isCloseTo(2 * wayNs / 1e3, within(2e-6 * wayNs));
  }

  /**
   * A hundred datagrams of 1,000 B, each with an interrupt of host and guest of its own. In ns, in a guest
   * 1.1 times as much: calls of 1,070 and 1,230, copies of 0.04 a byte, UDP 400, macvlan 120, interrupts of
   * 900 in host and guest, 80 and 120 for the packet in each of both, 0.004 and 0.015 a byte for pages of
   * hosts, 0.017 for those that guests receive; 1,800 for the kick, vhost threads 2,080 each; the injection
   * of 2,500.
   */
  @ParameterizedTest
  @ValueSource(strings = {"packet", "flow"})
  void whatCoresDoIsWhatStagesCost(String engine) {
    String job = "{datagrams: {from: a, to: b, size: 1000B, packets: 1000/s, duration: 100ms}}";
    TreeMap<Component, Double> ns = new TreeMap<>();
    for (CpuTime time : play(engine, "warm", "kvm", "macvlan", job).report().cpuTimes()) {
      ns.merge(time.component(), time.busyPs() / 1e3 / 100, Double::sum);
      boolean ofVhost =
          time.component() == Component.MACHINE || time.component() == Component.DRIVER;
      assertThat(time.cpu() != 7 || ofVhost).as("%s", time).isTrue();
    }

    near(ns, Component.APP, 1.1 * (1070 + 1230));
    near(ns, Component.COPY, 1.1 * 2 * 40);
    near(ns, Component.PROTOCOL, 1.1 * 400);
    near(ns, Component.HOST_PATH, 1.1 * 120);
    near(ns, Component.IRQ, 900 + 2500 + 1.1 * 900);
    near(ns, Component.DRIVER, 80 + 4 + 120 + 15 + 1.1 * (80 + 120) + 17);
    near(ns, Component.MACHINE, 1800 + 2 * (2000 + 80));
    assertThat(ns).hasSize(7);
  }

  private static void near(TreeMap<Component, Double> ns, Component component, double expected) {
    assertThat(ns.get(component)).as(component.name()).isCloseTo(expected, within(0.01));
  }

  /** The fastest is no machine, then posted interrupts; of the machine, a tenth more is the least. */
  @ParameterizedTest
  @CsvSource({"packet, ref", "packet, seed10g", "flow, ref", "flow, seed10g"})
  void aMachineIsNeverFasterThanNone(String engine, String profile) {
    String loop = "{request-response: {from: a, to: b, bytes: 4KiB, count: 20}}";
    String stream = "{stream: {from: a, to: b, bytes: 20MB}}";
    for (String cni : List.of("host", "flannel", "calico-ebpf", "cilium", "sriov", "ovs-dpdk")) {
      double none = Scenarios.value(play(engine, profile, "none", cni, loop), Metric.TRANSACTION);
      double kvm = Scenarios.value(play(engine, profile, "kvm", cni, loop), Metric.TRANSACTION);
      double posted =
          Scenarios.value(play(engine, profile, "kvm-posted", cni, loop), Metric.TRANSACTION);
      double rate = Scenarios.value(play(engine, profile, "none", cni, stream), Metric.THROUGHPUT);
      double kvmRate =
          Scenarios.value(play(engine, profile, "kvm", cni, stream), Metric.THROUGHPUT);

      assertThat(posted).as("%s, posted", cni).isBetween(none, kvm);
      assertThat(kvm).as("%s, injected", cni).isGreaterThan(posted);
      assertThat(kvmRate).as("%s, stream", cni).isLessThan(rate);
    }
  }

  /** Injections cost a core more than anything else that differs. */
  @ParameterizedTest
  @CsvSource({"packet", "flow"})
  void postedInterruptsCostLess(String engine) {
    String loop = "{request-response: {from: a, to: b, bytes: 4KiB, count: 20}}";
    for (String cni : List.of("cilium", "neutron-hybrid", "sriov", "ovs-dpdk")) {
      double kvm = Scenarios.value(play(engine, "ref", "kvm", cni, loop), Metric.CPU);
      double posted = Scenarios.value(play(engine, "ref", "kvm-posted", cni, loop), Metric.CPU);

      assertThat(posted).as(cni).isLessThan(kvm);
    }
  }

  /** They meet neither the card nor the vhost thread: the lists of the guest, 1.1 times as long. */
  @ParameterizedTest
  @CsvSource({"packet", "flow"})
  void podsOfAHostTalkWithinTheirGuest(String engine) {
    String text =
        SCENARIO.formatted(engine, "warm", "kvm", "cilium",
            "{request-response: {from: a, to: b, bytes: 1B, count: 20}}");
    String together = text.replace("b: host1", "b: host0");
    double kvm = Scenarios.value(play(together), Metric.TRANSACTION);
    double none = Scenarios.value(play(together.replace("kvm", "none")), Metric.TRANSACTION);

    assertThat(kvm / none).isCloseTo(1.1, within(0.001));
  }

  private RunResult play(String engine, String profile, String machine, String cni, String job) {
    return play(SCENARIO.formatted(engine, profile, machine, cni, job));
  }

  private RunResult play(String text) {
    return Scenarios.play(Scenarios.ofText(folder, text)).getFirst();
  }
}
