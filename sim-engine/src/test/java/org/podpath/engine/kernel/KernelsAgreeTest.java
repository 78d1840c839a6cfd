package org.podpath.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same model on our kernel and on others: the same events in the same order. */
class KernelsAgreeTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aQueueingNetworkHasTheSameEventsOnSsj(long seed) {
    List<String> ssj = new QueueingNetwork(new SsjKernel(), 20_000, seed).run();

    List<String> podpath =
        new QueueingNetwork(new PodpathKernel(new Simulator(seed)), 20_000, seed).run();

    assertThat(podpath).hasSizeGreaterThan(100_000).isEqualTo(ssj);
  }

  /** The comparison is about ties as well: without them, agreeing would be easy. */
  @Test
  void manyEventsOfTheQueueingNetworkHappenTogether() {
    List<String> events =
        new QueueingNetwork(new PodpathKernel(new Simulator(1)), 20_000, 1).run();

    long instants = events.stream().map(event -> event.split(" ")[0]).distinct().count();

    assertThat(instants).isLessThan(events.size() * 3 / 4);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whateverAModelDoesTheOrderIsThatOfTheReference(long seed) {
    List<String> reference = new RandomProgram(new ReferenceKernel(), seed).run(100_000);

    List<String> podpath =
        new RandomProgram(new PodpathKernel(new Simulator(seed)), seed).run(100_000);

    assertThat(podpath).hasSizeGreaterThan(50_000).isEqualTo(reference);
  }
}
