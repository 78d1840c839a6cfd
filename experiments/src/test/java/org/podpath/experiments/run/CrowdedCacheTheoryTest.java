package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.engine.datapath.Component;
import org.podpath.engine.results.CpuTime;

/** Pods of which one keeps more in the last-level cache of its host than there is room for. */
class CrowdedCacheTheoryTest {
  /** Pods b and d, which idles, are on host1. */
  private static final String SCENARIO = """
      experiment: cache
      engine: %s
      cluster: {hosts: 2, cores: 8, profile: warm, receive: pod-core, numa-nodes: %d, llc: 32MiB,
        pin: {a: {tx: 4, rx: 5}, b: {tx: 6, rx: 7}}}
      network: {cni: macvlan}
      placement: {a: host0, b: host1, c: host0, d: host1}
      tenants:
        blue: {jobs: [{datagrams: {from: a, to: b, size: 1000B, packets: 1000/s, duration: 50ms}}]}
        red:
          working-set: %s
          jobs: [{request-response: {from: d, to: c, bytes: 1B, count: 1}}]
      """;

  @TempDir
  private Path folder;

  /** Of 128 MiB three quarters do not fit into 32: copies take 1 + 0.5 · 3/4 times as long, there. */
  @ParameterizedTest
  @CsvSource({"packet, 1", "flow, 1", "packet, 2", "flow, 2"})
  void copiesTakeLongerByTheShareThatDoesNotFit(String engine, int nodes) {
    TreeMap<Component, Double> fits = components(engine, nodes, "32MiB");
    TreeMap<Component, Double> crowded = components(engine, nodes, "128MiB");

    assertThat(fits.keySet()).isEqualTo(crowded.keySet()).contains(Component.COPY, Component.APP);
    fits.forEach(
        (component, ps) -> assertThat(crowded.get(component) / ps)
            .as(component.name())
            .isCloseTo(component == Component.COPY ? 1.375 : 1, within(1e-6)));
  }

  /** What fits costs nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"packet", "flow"})
  void whatFitsChangesNothing(String engine) {
    assertThat(components(engine, 1, "32MiB")).isEqualTo(components(engine, 1, "0B"));
  }

  /** Of the tenant that receives on host1. */
  private TreeMap<Component, Double> components(String engine, int nodes, String workingSet) {
    RunResult result =
        Scenarios
            .play(Scenarios.ofText(folder, SCENARIO.formatted(engine, nodes, workingSet)))
            .getFirst();
    TreeMap<Component, Double> ps = new TreeMap<>();
    for (CpuTime time : result.report().cpuTimes()) {
      if (time.host() == 1 && time.tenant() == 0) {
        ps.merge(time.component(), (double) time.busyPs(), Double::sum);
      }
    }
    return ps;
  }
}
