package org.podpath.experiments.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.podpath.cni.CostTable;
import org.podpath.cni.Profiles;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.experiments.run.Metric;
import org.podpath.experiments.run.Outcome;
import org.podpath.experiments.run.RunExperiment;
import org.podpath.experiments.run.RunResult;
import org.podpath.experiments.scenario.Experiment;
import org.podpath.experiments.scenario.Offload;
import org.podpath.experiments.scenario.Point;
import org.podpath.experiments.scenario.ScenarioReader;

/**
 * What {@code calibrate} fits is what {@code run} predicts: the linear form with the costs of linux618
 * beside the engines, over every path of the scenario of predictions. Both are deterministic; 2 % is
 * for medians of three digits and for the ends of streams and floods.
 */
class PathTimesEnginesAgreeTest {
  private static final double TOLERANCE_RATIO = 0.02;
  private static final Path SCENARIO = Path.of("scenarios", "testbed-predictions.yaml");
  private static final Map<String, Observable> OBSERVABLES =
      Map.of(
          "udp request", Observable.DATAGRAM_ROUND_TRIP,
          "tcp request", Observable.MESSAGE_ROUND_TRIP,
          "connect", Observable.CONNECTION,
          "flood", Observable.FLOOD,
          "stream", Observable.STREAM,
          "stream without offload", Observable.STREAM);

  @Test
  void thePacketEngineTakesAsLongAsTheLinearForm() {
    Experiment experiment = ScenarioReader.read(SCENARIO, List.of(), RunExperiment.names());

    assertThat(compared(experiment)).isEqualTo(90);
  }

  @Test
  void theFlowEngineTakesAsLongAsTheLinearForm() {
    int compared = 0;
    for (String measure : List.of("tcp request", "connect", "stream", "stream without offload")) {
      compared +=
          compared(
              ScenarioReader.read(
                  SCENARIO, List.of("engine=flow", "measure=" + measure), RunExperiment.names()));
    }

    assertThat(compared).isEqualTo(60);
  }

  /** How many points there are; each is compared. */
  private static int compared(Experiment experiment) {
    List<RunResult> results = new ArrayList<>();
    RunExperiment.play(experiment, 2, results::add);
    List<Outcome> outcomes = Outcome.of(results);
    for (Point point : experiment.points()) {
      String measure = point.params().get("measure");
      double ns = linearNs(point, OBSERVABLES.get(measure));
      double simulatedNs = simulatedNs(outcomes, point, measure);
      assertThat(simulatedNs)
          .as(point.params().toString())
          .isCloseTo(ns, within(TOLERANCE_RATIO * ns));
    }
    return experiment.points().size();
  }

  private static double linearNs(Point point, Observable observable) {
    boolean offload = point.scenario().network().gso() == Offload.ON;
    int bytes = observable == Observable.STREAM ? 0 : 64;
    Measured row = new Measured(0, "", "", "", 0, 1500, offload, bytes, observable, 1);
    HostProfile profile = Profiles.of("linux618");
    return new PathTimes(
        row,
        new MeasuredPaths.Taken(point.scenario().network().path().orElseThrow(), point.source()))
            .ns(CostTable.of("linux618"), profile);
  }

  private static double simulatedNs(List<Outcome> outcomes, Point point, String measure) {
    return switch (OBSERVABLES.get(measure)) {
      case DATAGRAM_ROUND_TRIP, MESSAGE_ROUND_TRIP, CONNECTION ->
          value(outcomes, point, Metric.TRANSACTION) * 1000;
      case FLOOD, FLOOD_OF_FLOWS -> 1e9 / value(outcomes, point, Metric.SENT);
      case STREAM -> 8 / value(outcomes, point, Metric.THROUGHPUT);
    };
  }

  private static double value(List<Outcome> outcomes, Point point, Metric metric) {
    return outcomes.stream()
        .filter(o -> o.metric() == metric && o.params().equals(point.params()))
        .findFirst()
        .orElseThrow()
        .median();
  }
}
