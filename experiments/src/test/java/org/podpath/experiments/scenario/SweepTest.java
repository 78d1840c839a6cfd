package org.podpath.experiments.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepTest {
  private static final String TWO_AXES = Scenarios.SMALL + """
      sweep:
        network.cni: [flannel, cilium]
        network.rules.policies: [0, 10, 100]
      """;
  private static final String NAMED = Scenarios.SMALL + """
      placement: {a: host0, b: host0}
      sweep:
        case:
          same-host: {}
          other-host: {placement.b: host1, tenants.blue.jobs.0.stream.flows: 4}
      """;

  @TempDir
  Path folder;

  @Test
  void aScenarioWithoutASweepIsOnePoint() {
    List<Point> points = points(Scenarios.SMALL);

    assertThat(points).hasSize(1);
    assertThat(points.get(0).params()).isEmpty();
  }

  @Test
  void everyCombinationIsAPointAndTheFirstAxisChangesSlowest() {
    List<Point> points = points(TWO_AXES);

    assertThat(points).map(point -> point.params().values().toString())
        .containsExactly(
            "[flannel, 0]", "[flannel, 10]", "[flannel, 100]",
            "[cilium, 0]", "[cilium, 10]", "[cilium, 100]");
    assertThat(points).map(Point::index).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(points).map(point -> point.scenario().network().name()
        + " " + point.scenario().network().rules().policies())
        .containsExactly(
            "flannel 0", "flannel 10", "flannel 100", "cilium 0", "cilium 10", "cilium 100");
    assertThat(points.get(0).params().keySet())
        .containsExactly("network.cni", "network.rules.policies");
  }

  @Test
  void aNamedPointSetsSeveralParametersAtOnce() {
    List<Point> points = points(NAMED);

    assertThat(points).map(Point::params)
        .containsExactly(Map.of("case", "same-host"), Map.of("case", "other-host"));
    assertThat(points.get(0).scenario().pods()).map(pod -> pod.host().getAsInt())
        .containsExactly(0, 0);
    assertThat(points.get(1).scenario().pods()).map(pod -> pod.host().getAsInt())
        .containsExactly(0, 1);
    assertThat(points.get(1).scenario().tenants().get("blue").jobs().get(0))
        .isInstanceOfSatisfying(Job.Stream.class, s -> assertThat(s.flows()).isEqualTo(4));
  }

  @Test
  void aValueMayBeAMapOrAList() {
    List<Point> points = points(Scenarios.SMALL
        + "sweep: {placement: [spread, {a: host1, b: host0}]}\n");

    assertThat(points).map(point -> point.params().get("placement"))
        .containsExactly("spread", "{a: host1, b: host0}");
    assertThat(points.get(1).scenario().pods()).map(pod -> pod.host().getAsInt())
        .containsExactly(1, 0);
  }

  @Test
  void aRequiredParameterMayComeFromTheSweepAlone() {
    List<Point> points = points(
        Scenarios.SMALL.replace("network: {cni: cilium}\n", "") + "sweep: {network.cni: [host]}\n");

    assertThat(points).singleElement()
        .satisfies(point -> assertThat(point.scenario().network().name()).isEqualTo("host"));
  }

  @Test
  void aFaultInASweptValueIsAtItsOwnLine() {
    String sweep = """
        sweep:
          network.cni:
            - cilium
            - celium
          cluster.cores: [2,
            none]
          case:
            small: {}
            large: {cluster.hosts: 0}
        """;

    assertThat(Scenarios.faults(folder, Scenarios.SMALL + sweep)).containsExactly(
        "x.yaml:9: cni: unknown network 'celium'; write 'cilium', or one of"
            + " [host, flannel, cilium]",
        "x.yaml:11: cores: 'none' is not a whole number from 1 to 1024; write one",
        "x.yaml:14: hosts: '0' is not a whole number from 1 to 65536; write one");
  }

  @Test
  void aCombinationThatDoesNotFitIsReportedBeforeAnythingRuns() {
    String text = Scenarios.SMALL.replace("{hosts: 2}", "{hosts: 2, queues: 4}");

    assertThat(Scenarios.faults(folder, text + "sweep: {cluster.cores: [8, 2]}\n"))
        .containsExactly("x.yaml:2: queues: 4 queues on 2 CPUs; write at most 2");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "network.cnii: [cilium] | unknown key 'cnii' (cni, path, encapsulation, encryption, underlay, pod-mtu,"
          + " gso, pollers, transport, rules, conntrack); write 'cni'",
      "netwrk.cni: [cilium] | unknown key 'netwrk' (experiment, seed, engine, duration, window, cluster,"
          + " network, placement, tenants, repeat, measured, capture, sweep); write 'network'",
      "network.cni: cilium | network.cni: a single value; write a list, as in [cilium]",
      "network.cni: [] | network.cni: no values; write some or drop the axis",
      "case: {} | case: no values; write some or drop the axis",
      "case: {fast: 1} | fast: not a map; write what it changes, as in {network.cni: cilium}",
      "network..cni: [cilium] | 'network..cni' is not a path; write keys with dots between, as in"
          + " network.cni",
      "network.cni: [cilium, host, cilium] | network.cni: repeated value 'cilium'; write it once",
      "experiment: [a, b] | 'experiment' cannot be swept; write another path",
      "tenants.blue.jobs.1.stream.flows: [1] | no '1' in a list of 1; write a position from 0 to 0",
      "tenants.blue.jobs.0.stream.from.x: [1] | no 'x' in 'a'; write a path that ends at"
          + " 'tenants.blue.jobs.0.stream.from'",
  })
  void aWrongAxisIsAFaultAtItsLine(String axis, String fault) {
    assertThat(Scenarios.faults(folder, Scenarios.SMALL + "sweep:\n  " + axis + "\n"))
        .containsExactly("x.yaml:7: " + fault);
  }

  @Test
  void twoAxesDoNotSetTheSameParameter() {
    String sweep = """
        sweep:
          case: {x: {network: {cni: host}}}
          network.cni: [cilium]
        """;

    assertThat(Scenarios.faults(folder, Scenarios.SMALL + sweep)).containsExactly(
        "x.yaml:8: 'network.cni' is set by axis 'case' too; write it in one of them");
  }

  @Test
  void aNamedPointIsAnExceptionToAnAxisBeforeIt() {
    String sweep = """
        sweep:
          network.cni: [cilium]
          case: {x: {network.cni: host}, y: {seed: 2}}
        """;

    assertThat(Scenarios.read(folder, Scenarios.SMALL + sweep).points())
        .extracting(point -> point.scenario().network().name())
        .containsExactly("host", "cilium");
  }

  @Test
  void aSweepIsAMap() {
    assertThat(Scenarios.faults(folder, Scenarios.SMALL + "sweep: [1]\n")).containsExactly(
        "x.yaml:6: sweep: not a map; write axes, as in network.cni: [host, cilium]");
  }

  /** 400 x 400 values are 160,000 points. */
  @Test
  void aSweepTooLargeToBeMeantIsAFault() {
    StringBuilder numbers = new StringBuilder("0");
    for (int i = 1; i < 400; i++) {
      numbers.append(", ").append(i);
    }
    String sweep =
        "sweep: {seed: [%s], network.rules.services: [%s]}\n".formatted(numbers, numbers);

    assertThat(Scenarios.faults(folder, Scenarios.SMALL + sweep))
        .containsExactly("x.yaml:6: sweep: more than 100000 points; write fewer values");
  }

  @Test
  void anOverrideReplacesAParameter() {
    List<Point> points = points(
        Scenarios.SMALL, "cluster.cores=4", "seed=9", "placement={a: host1, b: host1}");

    Scenario scenario = points.get(0).scenario();
    assertThat(scenario.cluster().cores()).isEqualTo(4);
    assertThat(scenario.seed()).isEqualTo(9);
    assertThat(scenario.pods()).map(pod -> pod.host().getAsInt()).containsExactly(1, 1);
  }

  @Test
  void anOverrideOfAnAxisNarrowsIt() {
    assertThat(points(TWO_AXES, "network.cni=host"))
        .map(point -> point.params().values().toString())
        .containsExactly("[host, 0]", "[host, 10]", "[host, 100]");
  }

  @Test
  void anOverrideOfANamedAxisChoosesAPoint() {
    Experiment experiment = Scenarios.read(folder, NAMED, "case=other-host");

    assertThat(experiment.points()).map(Point::params)
        .containsExactly(Map.of("case", "other-host"));
    assertThat(Scenarios.read(folder, experiment.text()).points()).map(Point::params)
        .containsExactly(Map.of("case", "other-host"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "cluster.core=4 | --set cluster.core: unknown key 'core' (hosts, cores, gpus, profile, costs,"
          + " machine, nic, mtu, receive, queues, irq-cpus, rps-cpus, smt, numa-nodes, llc, pin, fabric, link-delay,"
          + " cable-length, switch-latency,"
          + " ports, routing, flowlet-gap); write 'cores'",
      "cluster.cores=x | --set cluster.cores: cores: 'x' is not a whole number from 1 to 1024;"
          + " write one",
      "cluster.cores= | --set cluster.cores: empty; write a value",
      "cluster | --set cluster: no value; write --set path=value",
      "=4 | --set =4: no value; write --set path=value",
      "network.cni.x=1 | --set network.cni.x: no 'x' in 'cilium'; write a path that ends at"
          + " 'network.cni'",
      "case=neither | --set case: no point 'neither' on this axis; write one of"
          + " [same-host, other-host]",
      "placement.b=host0 | --set placement.b: axis 'case' of the sweep sets it; write --set"
          + " case=value",
  })
  void aWrongOverrideIsAFaultOfTheOption(String override, String fault) {
    assertThat(Scenarios.faults(folder, NAMED, override)).containsExactly(fault);
  }

  @Test
  void aPointKnowsWhereItsParametersAreWritten() {
    Point point = points(TWO_AXES, "cluster.cores=4").get(0);

    assertThat(point.where("network.cni").line()).isEqualTo(7);
    assertThat(point.where("network.encapsulation").line()).isEqualTo(3);
    assertThat(point.where("cluster.cores")).hasToString("--set cluster.cores");
  }

  private List<Point> points(String text, String... overrides) {
    return Scenarios.read(folder, text, overrides).points();
  }
}
