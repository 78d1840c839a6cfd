package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.experiments.WrongInput;

/** What goes with virtual machines, and what does not. */
class MachineCheckTest {
  private static final String SCENARIO = """
      experiment: guests
      cluster:
        hosts: 2
        cores: %s
        pin: {a: {tx: 0, rx: %s}}
        machine: %s
      network: {cni: %s, %s}
      placement: {a: host0, b: host1}
      tenants: {blue: {jobs: [stream: {from: a, to: b, bytes: 2MB}]}}
      """;

  private static final String FITTING =
      "[host, flannel, calico-iptables, calico-ebpf, cilium, ovn-kubernetes, kube-router, weave,"
          + " neutron-hybrid, sriov, macvlan, ovs-dpdk]";

  @TempDir
  private Path folder;

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "8 | 1 | xen | cilium | gso: on | x.yaml:6: machine: 'xen' is not known; write one of"
          + " [none, kvm, kvm-posted]",
      "1 | 0 | kvm | cilium | gso: on | x.yaml:4: cores: vhost threads run on 1 of 1, and none is left"
          + " for pods; write at least 2",
      "4 | 3 | kvm | flannel | gso: on | x.yaml:5: rx: vhost threads run on the core of CPU 3; write a"
          + " CPU out of 0 to 2",
      "4 | 2 | kvm-posted | flannel | pollers: 2 | x.yaml:5: rx: vhost threads run on the core of CPU 2;"
          + " write a CPU out of 0 to 1",
      "4 | 1 | kvm | sriov | pollers: 1 | x.yaml:7: pollers: no core polls for sriov; leave it out, or"
          + " write another cni",
  })
  void aWrongValueIsNamedWithItsLine(
      int cores, int rx, String machine, String cni, String more, String fault) {
    assertThat(faults(SCENARIO.formatted(cores, rx, machine, cni, more))).containsExactly(fault);
  }

  @ParameterizedTest
  @CsvSource({"vpp", "vpp-memif", "roce", "freeflow", "none"})
  void networksOfContainersAloneAreRefused(String cni) {
    assertThat(faults(SCENARIO.formatted(8, 1, "kvm", cni, "gso: on"))).containsExactly(
        "x.yaml:6: pods of " + cni
            + " run in no virtual machine; leave it out, or write a cni out of "
            + FITTING);
  }

  @ParameterizedTest
  @CsvSource({"kvm, cilium, gso: on", "kvm, sriov, gso: on", "kvm-posted, ovs-dpdk, pollers: 2",
      "kvm, neutron-hybrid, underlay: vlan", "kvm, flannel, gso: off",
      "kvm, sriov, transport: roce",
      "kvm, calico-ebpf, pollers: 2"})
  void theOthersRun(String machine, String cni, String more) {
    assertThat(faults(SCENARIO.formatted(8, 1, machine, cni, more))).isEmpty();
  }

  private List<String> faults(String text) {
    WrongInput wrong =
        catchThrowableOfType(
            WrongInput.class, () -> RunExperiment.check(Scenarios.ofText(folder, text)));
    return wrong == null
        ? List.of()
        : wrong.lines().stream().map(line -> line.substring(line.indexOf("x.yaml"))).toList();
  }
}
