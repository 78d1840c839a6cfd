package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.engine.datapath.Component;
import org.podpath.engine.results.CpuTime;

/** Where the interrupts of receive queues go, on both engines. */
class InterruptCpusTheoryTest {
  /** One pair of pods, which sends from CPU 0 and receives on CPU 1. */
  private static final String SCENARIO = """
      experiment: interrupts
      cluster: {hosts: 2, cores: 8, profile: ref, %s}
      network: {cni: flannel}
      placement: {a: host0, b: host1}
      tenants: {blue: {jobs: [%s]}}
      """;
  private static final String STREAM = "stream: {from: a, to: b, bytes: 20MB}";

  @TempDir
  private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"packet", "flow"})
  void onlyTheCpusThatAreNamedTakeInterrupts(String engine) {
    String requests =
        "serve: {servers: 8, clients: 16, rate: 40000/s, request: 1KiB, reply: 1KiB, service: 10us}";
    String text =
        SCENARIO.formatted("gpus: 16, irq-cpus: [5, 6, 5]", requests)
            .replace("{a: host0, b: host1}", "spread") + "duration: 10ms\n";
    TreeSet<Integer> interrupted = new TreeSet<>();
    for (CpuTime time : play(text, engine).report().cpuTimes()) {
      if (time.component() == Component.IRQ) {
        interrupted.add(time.cpu());
      }
    }

    assertThat(interrupted).containsExactly(5, 6);
  }

  /**
   * A stream whose interrupts come to the CPU on which it is read shares that core with its reader; on a
   * CPU of their own they leave it alone. What is pinned away from them is what the reader gains.
   */
  @ParameterizedTest
  @ValueSource(strings = {"packet", "flow"})
  void readersAreFasterAwayFromInterrupts(String engine) {
    double shared = rate("receive: rss, irq-cpus: [1]", engine);
    double apart = rate("receive: rss, irq-cpus: [4]", engine);
    double pinned = rate("receive: rss, irq-cpus: [1], pin: {b: {tx: 2, rx: 3}}", engine);

    assertThat(apart).isGreaterThan(1.3 * shared);
    assertThat(pinned).isCloseTo(apart, within(1e-9 * apart));
  }

  /** Queue i on CPU i is what there is without a list. */
  @ParameterizedTest
  @ValueSource(strings = {"packet", "flow"})
  void theListInOrderChangesNothing(String engine) {
    assertThat(rate("irq-cpus: [0, 1, 2, 3]", engine)).isEqualTo(rate("queues: 4", engine));
  }

  private double rate(String interrupts, String engine) {
    return Outcome.of(List.of(play(SCENARIO.formatted(interrupts, STREAM), engine)))
        .stream()
        .filter(outcome -> outcome.metric() == Metric.THROUGHPUT)
        .findFirst()
        .orElseThrow()
        .median();
  }

  private RunResult play(String text, String engine) {
    return Scenarios.play(Scenarios.ofText(folder, text, "engine=" + engine)).getFirst();
  }
}
