package org.podpath.experiments.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.experiments.run.RunExperiment;
import org.podpath.experiments.run.SaveExperiment;
import org.podpath.experiments.scenario.Experiment;
import org.podpath.experiments.tables.Dataset;
import org.podpath.experiments.tables.Query;
import org.podpath.workloads.JobObserver.Request;

/** What sharing does to a tenant, as the tables have it. */
class SharingTest {
  private static final String OPENING = """
      experiment: sharing
      engine: %s
      cluster: {hosts: 4, gpus: 4, nic: 10Gbps}
      network: {cni: cilium}
      """;
  private static final String TRAINING =
      "{jobs: [train: {ranks: 2, bytes: 10MB, compute: 1ms, steps: %d}]}";

  @TempDir
  private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"packet", "flow"})
  void aTenantAloneIsNotSlowedDown(String engine) {
    String opening = OPENING.formatted(engine);
    String training = "tenants: {blue: " + TRAINING.formatted(3) + "}\n";
    String serving = """
        tenants: {red: {jobs: [serve: {servers: 2, clients: 2, rate: 1000/s, request: 4KiB,
          reply: 16KiB, service: 200us, requests: 1000}]}}
        """;

    assertThat(slowdowns(opening + training)).isEqualTo(Map.of("blue/0", 1.0));
    assertThat(slowdowns(opening + serving)).isEqualTo(Map.of("red/0", 1.0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"packet", "flow"})
  void tenantsThatShareNoHostDoNotSlowEachOtherDown(String engine) {
    String text = OPENING.formatted(engine) + """
        placement: {blue-train-0: host0, blue-train-1: host1, red-train-0: host2,
          red-train-1: host3}
        """ + twoTrainings();

    assertThat(slowdowns(text)).hasSize(2)
        .allSatisfy(
            (job, ratio) -> assertThat(ratio).isCloseTo(1, within(0.001)));
  }

  /** Each has the link half of the time: a step is at least 1.5 times as long, at most twice. */
  @ParameterizedTest
  @ValueSource(strings = {"packet", "flow"})
  void tenantsThatShareALinkSlowEachOtherDown(String engine) {
    String text = OPENING.formatted(engine) + """
        placement: {blue-train-0: host0, blue-train-1: host1, red-train-0: host0,
          red-train-1: host1}
        """ + twoTrainings();

    assertThat(slowdowns(text)).hasSize(2)
        .allSatisfy(
            (job, ratio) -> assertThat(ratio).isBetween(1.5, 2.01));
  }

  private static String twoTrainings() {
    return "tenants: {blue: " + TRAINING.formatted(8) + ", red: " + TRAINING.formatted(8)
        + "}\n";
  }

  /** Slowdown by sharing of each job, from the runs in which it was not alone. */
  private Map<String, Double> slowdowns(String text) {
    Experiment experiment = Played.experiment(folder, text);
    Path results = folder.resolve("results-" + text.hashCode());
    Dataset.Origin origin = new Dataset.Origin(text, Map.of(), "0");
    try (Dataset dataset = Dataset.create(results, true, origin)) {
      SaveExperiment saved = new SaveExperiment(experiment, dataset);
      RunExperiment.play(experiment, 2, saved);
      saved.finish();
      dataset.commit();
    }
    StringBuilder answer = new StringBuilder();
    Query.run(
        results,
        "select 'job=' || job || '=' || slowdown_ratio as found from jobs"
            + " where slowdown_ratio is not null",
        answer);
    Map<String, Double> slowdowns = new TreeMap<>();
    answer.toString()
        .lines()
        .map(line -> line.strip().split("="))
        .filter(parts -> parts[0].equals("job"))
        .forEach(parts -> slowdowns.put(parts[1], Double.parseDouble(parts[2])));
    return slowdowns;
  }

  /** Not to be changed by who else is there, by how fast the network is, or by the engine. */
  @Test
  void requestsArriveAtTheSameTimesOnEveryNetworkTogetherAndAlone() {
    String text = """
        experiment: arrivals
        cluster: {hosts: 4, gpus: 4, nic: 10Gbps}
        network: {cni: cilium}
        tenants:
          blue: {jobs: [train: {ranks: 8, bytes: 10MB, compute: 1ms, steps: 10}]}
          red: {jobs: [serve: {servers: 4, clients: 4, rate: 8000/s, arrivals: bursty,
            request: 4KiB, reply: 16KiB, service: 200us, requests: 300}]}
        sweep:
          network.cni: [host, flannel, calico-iptables, calico-ebpf, cilium, ovn-kubernetes, sriov]
          engine: [packet, flow]
        """;

    List<List<Long>> arrivals =
        Played.all(folder, text)
            .stream()
            .map(
                played -> played.job("red/0")
                    .requests()
                    .stream()
                    .map(Request::arrivePs)
                    .sorted()
                    .toList())
            .filter(times -> !times.isEmpty())
            .toList();

    assertThat(arrivals).hasSize(7 * 2 * 2);
    assertThat(arrivals.getFirst()).hasSize(300);
    assertThat(arrivals).allSatisfy(times -> assertThat(times).isEqualTo(arrivals.getFirst()));
  }
}
