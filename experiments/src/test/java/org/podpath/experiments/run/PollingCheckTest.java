package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.scenario.Experiment;

/** Cores that poll, and those that are left for pods. */
class PollingCheckTest {
  private static final String SCENARIO = """
      experiment: polled
      cluster:
        hosts: 2
        cores: %s
        pin: {a: {tx: 0, rx: %s}}
        smt: %s
      network: {cni: %s, %s}
      placement: {a: host0, b: host1}
      tenants: {blue: {jobs: [stream: {from: a, to: b, bytes: 2MB}]}}
      """;

  @TempDir
  private Path folder;

  /** The last cores poll; with SMT their second threads, 4 to 7 of 4 cores, are not free either. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "1 | 0 | false | vpp | gso: on | x.yaml:4: cores: vpp polls on 1 of 1, and none is left for"
          + " pods; write at least 2",
      "2 | 0 | false | vpp | pollers: 2 | x.yaml:4: cores: vpp polls on 2 of 2, and none is"
          + " left for pods; write at least 3, or fewer network.pollers",
      "4 | 3 | false | ovs-dpdk | gso: on | x.yaml:5: rx: ovs-dpdk polls on the core of CPU 3;"
          + " write a CPU out of 0 to 2",
      "4 | 7 | true | ovs-dpdk | gso: on | x.yaml:5: rx: ovs-dpdk polls on the core of CPU 7;"
          + " write a CPU out of 0 to 2",
      "4 | 2 | false | flannel | pollers: 1 | x.yaml:7: pollers: no core polls for"
          + " flannel; leave it out, or write another cni",
      "4 | 0 | false | vpp | underlay: gre | x.yaml:7: vpp passes the host's kernel by, where 'gre'"
          + " would be added; write flat or vlan, or a tunnel as encapsulation",
  })
  void coresThatPollAreTakenFromPods(
      int cores, int rx, boolean smt, String cni, String more, String fault) {
    assertThat(faults(SCENARIO.formatted(cores, rx, smt, cni, more))).containsExactly(fault);
  }

  @ParameterizedTest
  @CsvSource({"2, 0, false, vpp, pollers: 1", "4, 6, true, ovs-dpdk, gso: on",
      "3, 0, false, vpp-memif, pollers: 2", "4, 3, false, flannel, gso: on"})
  void whatIsLeftIsFree(int cores, int rx, boolean smt, String cni, String more) {
    assertThat(faults(SCENARIO.formatted(cores, rx, smt, cni, more))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"packet", "flow"})
  void queuesInterruptFreeCpusOnly(String engine) {
    String text = SCENARIO.formatted(4, 0, false, "vpp", "gso: on")
        .replace("hosts: 2", "hosts: 2\n  queues: 4");

    assertThat(faults(text + "engine: " + engine)).containsExactly(
        "x.yaml:4: queues: vpp polls on CPU 3 and beyond, so they interrupt CPUs 0 to 2 only; write"
            + " at most 3");
  }

  private List<String> faults(String text) {
    Experiment experiment = Scenarios.ofText(folder, text);
    WrongInput wrong =
        catchThrowableOfType(WrongInput.class, () -> RunExperiment.check(experiment));
    return wrong == null
        ? List.of()
        : wrong.lines().stream().map(line -> line.substring(line.indexOf("x.yaml"))).toList();
  }
}
