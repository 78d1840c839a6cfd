package org.podpath.experiments.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.experiments.run.Onlookers;
import org.podpath.experiments.run.RunExperiment;
import org.podpath.experiments.timeline.Timeline;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The tasks of a small training, as a viewer reads them. */
class TrainingTimelineTest {
  private static final int RANKS = 4;

  @TempDir
  private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"ring", "tree", "halving-doubling"})
  void everyRankHasAThreadOnWhichItComputesOneThingAfterTheOther(String collective)
      throws IOException {
    List<Map<String, Object>> events = events("""
        experiment: timeline
        cluster: {hosts: 4, nic: 10Gbps}
        network: {cni: cilium}
        tenants: {blue: {jobs: [train: {ranks: 4, bytes: 3MB, compute: 2ms, steps: 3,
          collective: %s}]}}
        """.formatted(collective));

    for (int rank = 0; rank < RANKS; rank++) {
      assertThat(threadsNamed(events, "rank " + rank)).isEqualTo(1);
      List<double[]> computed = computes(events, rank);
      double lastEndUs = 0;
      double longestUs = 0;
      for (double[] span : computed) {
        assertThat(span[0]).as("rank %d", rank).isGreaterThanOrEqualTo(lastEndUs - 0.0005);
        lastEndUs = span[0] + span[1];
        longestUs = Math.max(longestUs, span[1]);
      }
      assertThat(computed).hasSizeGreaterThanOrEqualTo(3);
      assertThat(longestUs).isEqualTo(2000);
    }
  }

  private static long threadsNamed(List<Map<String, Object>> events, String name) {
    return events.stream()
        .filter(event -> "thread_name".equals(event.get("name")))
        .filter(event -> Map.of("name", name).equals(event.get("args")))
        .count();
  }

  /** Start and length of what a rank computed, in microseconds, by start. */
  private static List<double[]> computes(List<Map<String, Object>> events, int rank) {
    return events.stream()
        .filter(event -> "X".equals(event.get("ph")) && "compute".equals(event.get("name")))
        .filter(event -> ((Number) event.get("tid")).intValue() % 1_000_000 == rank + 1)
        .map(event -> new double[] {us(event, "ts"), us(event, "dur")})
        .sorted((a, b) -> Double.compare(a[0], b[0]))
        .toList();
  }

  private static double us(Map<String, Object> event, String key) {
    return ((Number) event.get(key)).doubleValue();
  }

  @SuppressWarnings("unchecked")
  private List<Map<String, Object>> events(String text) throws IOException {
    Path file = folder.resolve("timeline.json");
    try (Timeline timeline = Timeline.open(file)) {
      RunExperiment.play(
          Played.experiment(folder, text), 1, Onlookers.drawing(timeline),
          result -> assertThat(result.ok()).isTrue());
    }
    Object trace =
        new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    return (List<Map<String, Object>>) ((Map<String, Object>) trace).get("traceEvents");
  }
}
