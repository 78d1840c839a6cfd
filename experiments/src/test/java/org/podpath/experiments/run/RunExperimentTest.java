package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.scenario.Experiment;

class RunExperimentTest {
  private static final String HEAD = """
      experiment: wiring
      cluster: {hosts: 2, profile: ref}
      """;
  private static final String TENANTS = """
      tenants: {blue: {jobs: [stream: {from: a, to: b, bytes: 1MB}]}}
      """;

  @TempDir
  private Path folder;

  @Test
  void anEncapsulationThatANetworkHasNotIsAFaultAtItsLine() {
    assertThat(faults("network: {cni: flannel, encapsulation: geneve}\n"))
        .containsExactly(
            "x.yaml:3: flannel has no encapsulation 'geneve'; write one of [vxlan, none]");
  }

  @Test
  void anEncryptionThatANetworkHasNotIsAFaultAtItsLine() {
    assertThat(faults("network:\n  cni: flannel\n  encryption: ipsec\n"))
        .containsExactly(
            "x.yaml:5: flannel does not know 'ipsec'; write none, or a cni out of"
                + " [cilium, ovn-kubernetes, weave]");
  }

  @Test
  void aTunnelOfTheProviderAroundFramesThatPassTheHostByIsAFaultAtItsLine() {
    assertThat(faults("network:\n  cni: sriov\n  underlay: vxlan\n"))
        .containsExactly(
            "x.yaml:5: sriov passes the host's kernel by, where 'vxlan' would be added; write one"
                + " of [none, flat, vlan]");
  }

  /** VXLAN in VXLAN takes 100 bytes of the wire's 9000. */
  @Test
  void thePodMtuMakesRoomForTheProvidersHeadersToo() {
    assertThat(faults("network:\n  cni: flannel\n  underlay: vxlan\n  pod-mtu: 8901\n"))
        .containsExactly(
            "x.yaml:6: pod MTU 8901 does not fit: the wire takes 9000, flannel on provider vxlan"
                + " adds 100; write at most 8900");
  }

  @Test
  void aPodMtuThatDoesNotFitTheWireIsAFaultAtItsLine() {
    assertThat(faults("network:\n  cni: flannel\n  pod-mtu: 9000\n"))
        .containsExactly(
            "x.yaml:5: pod MTU 9000 does not fit: the wire takes 9000, flannel adds 50; write at most"
                + " 8950");
  }

  @Test
  void resultsComeInOrderOfRunWhateverTheThreads() {
    Experiment experiment =
        Scenarios.named("cni-comparison", "case=other-host request", "repeat=3");

    List<Long> ids = new ArrayList<>();
    RunExperiment.play(experiment, 4, result -> ids.add(result.run().id()));

    assertThat(ids).isSorted().hasSize(7 * 3).doesNotHaveDuplicates();
  }

  /** However slow the sink is: a result that waits holds all that its run reported. */
  @Test
  void fewResultsWaitForTheSink() throws InterruptedException, ExecutionException {
    List<Integer> begun = new ArrayList<>();
    List<Integer> taken = new ArrayList<>();
    Stream<Callable<Integer>> tasks =
        IntStream.range(0, 100).mapToObj(task -> {
          begun.add(task);
          return () -> task;
        });
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      RunExperiment.inOrder(pool, 16, tasks, task -> {
        taken.add(task);
        assertThat(begun.size() - taken.size()).isLessThanOrEqualTo(16);
      });
    } finally {
      pool.shutdownNow();
    }

    assertThat(taken).isEqualTo(IntStream.range(0, 100).boxed().toList());
  }

  @Test
  void aSummarisedRunGivesTheSameOutcomes() {
    RunResult result =
        Scenarios.play(Scenarios.named("cni-comparison", "case=other-host request", "repeat=1"))
            .getFirst();

    assertThat(Outcome.of(List.of(result.summarised())))
        .isNotEmpty()
        .isEqualTo(Outcome.of(List.of(result)));
    assertThat(result.summarised().report().flows()).isEmpty();
  }

  @Test
  void policiesWithoutEffectAreSaid() {
    String text = HEAD + "network: {cni: flannel, rules: {policies: 100}}\n" + TENANTS;

    RunResult result = Scenarios.play(Scenarios.ofText(folder, text)).getFirst();

    assertThat(result.status()).isEqualTo(RunResult.OK);
    assertThat(result.message().orElseThrow())
        .startsWith("flannel does not enforce NetworkPolicy: its 100 policies have no effect");
  }

  /** The same seed draws the same ports; another draws others, so receive queues differ. */
  @Test
  void theSeedAloneDecidesWhatIsDrawn() {
    String text =
        HEAD + "network: {cni: cilium}\n"
            + "tenants: {blue: {jobs: [stream: {from: a, to: b, bytes: 1MB, flows: 8}]}}\n";

    long first = endPs(text, "seed=1");

    assertThat(endPs(text, "seed=1")).isEqualTo(first);
    assertThat(List.of(endPs(text, "seed=2"), endPs(text, "seed=3"), endPs(text, "seed=4")))
        .anyMatch(end -> end != first);
  }

  private long endPs(String text, String override) {
    return Scenarios.play(Scenarios.ofText(folder, text, override)).getFirst().simulatedPs();
  }

  private List<String> faults(String network) {
    Experiment experiment = Scenarios.ofText(folder, HEAD + network + TENANTS);
    WrongInput wrong =
        catchThrowableOfType(WrongInput.class, () -> RunExperiment.check(experiment));
    return wrong.lines().stream().map(line -> line.replace(folder + "/", "")).toList();
  }
}
