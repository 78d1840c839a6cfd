package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.experiments.WrongInput;

/** What goes with packets that are steered, and what does not. */
class SteeringCheckTest {
  private static final String SCENARIO = """
      experiment: steering
      cluster:
        hosts: 2
        machine: %s
        rps-cpus: [3]
      network: {cni: %s, %s}
      placement: {a: host0, b: host1}
      tenants: {blue: {jobs: [stream: {from: a, to: b, bytes: 2MB}]}}
      """;

  @TempDir
  private Path folder;

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "none | ovs-dpdk | pollers: 1 | x.yaml:5: packets of ovs-dpdk do not come out of polls of the host's"
          + " kernel, which could steer them; leave it out, or write another cni",
      "none | none | gso: on | x.yaml:5: packets of none do not come out of polls of the host's kernel,"
          + " which could steer them; leave it out, or write another cni",
      "kvm | cilium | gso: on | x.yaml:5: packets of cilium do not come out of polls of the host's"
          + " kernel, which could steer them; leave it out, or write another cni",
      "none | weave | encryption: ipsec | x.yaml:5: packets are encrypted and look the same to whoever"
          + " would steer them; leave it out, or write encryption: none",
      "none | host | transport: roce | x.yaml:5: cards take what roce carries, and no kernel could steer"
          + " it; leave it out, or write another transport"})
  void whatHasNoPacketsToSteerIsNamedWithItsLine(
      String machine, String cni, String more, String fault) {
    assertThat(faults(machine, cni, more)).containsExactly(fault);
  }

  @ParameterizedTest
  @CsvSource({"host, gso: on", "flannel, gso: off", "calico-iptables, underlay: gre",
      "neutron-hybrid, underlay: vxlan", "sriov, pod-mtu: 1500", "kube-router, transport: dctcp"})
  void theOthersRun(String cni, String more) {
    assertThat(faults("none", cni, more)).isEmpty();
  }

  private List<String> faults(String machine, String cni, String more) {
    String text = SCENARIO.formatted(machine, cni, more);
    WrongInput wrong =
        catchThrowableOfType(
            WrongInput.class, () -> RunExperiment.check(Scenarios.ofText(folder, text)));
    return wrong == null
        ? List.of()
        : wrong.lines().stream().map(line -> line.substring(line.indexOf("x.yaml"))).toList();
  }
}
