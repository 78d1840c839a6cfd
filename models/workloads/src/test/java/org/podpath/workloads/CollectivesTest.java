package org.podpath.workloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.podpath.workloads.CollectiveSteps.Part;

class CollectivesTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "10, 3", "2, 5", "0, 4", "1000003, 33"})
  void partsFollowEachOtherAndDifferByAtMostOneByte(long bytes, int count) {
    Part whole = new Part(7, bytes);

    long next = 7;
    for (int i = 0; i < count; i++) {
      Part part = whole.of(i, count);
      assertThat(part.first()).isEqualTo(next);
      assertThat(part.bytes()).isBetween(bytes / count, Math.ceilDiv(bytes, count));
      next += part.bytes();
    }

    assertThat(next).isEqualTo(7 + bytes);
  }

  /**
   * Rank 0 starts late: whoever has a sum has waited for it, even with too few bytes to send all.
   */
  @ParameterizedTest
  @EnumSource
  void nobodyIsDoneBeforeTheLastHasStarted(Algorithm algorithm) {
    for (int bytes : new int[] {1, 1000}) {
      TaskList tasks = new TaskList();
      int[] ready = new int[6];
      Arrays.fill(ready, TaskList.NONE);
      ready[0] = tasks.compute(0, 99);

      int[] done = algorithm.allReduce(tasks, 6, bytes, 1, 2, Reduction.FREE, ready);

      for (int id : done) {
        assertThat(waitsFor(tasks, id, ready[0])).isTrue();
      }
    }
  }

  private static boolean waitsFor(TaskList tasks, int id, int other) {
    return id == other
        || Arrays.stream(tasks.get(id).after()).anyMatch(before -> waitsFor(tasks, before, other));
  }

  @Test
  void aRankAloneIsDoneWhenItIsReady() {
    TaskList tasks = new TaskList();
    int[] ready = {tasks.compute(0, 5)};

    assertThat(Collectives.ringAllReduce(tasks, 1, 100, Reduction.FREE, ready))
        .containsExactly(ready);
    assertThat(tasks.size()).isEqualTo(1);
  }

  @Test
  void bandwidthsAreThoseOfNcclTests() {
    // 1 MB in 1 ms is 8 Gb/s
    long durationPs = 1_000_000_000;

    assertThat(CollectiveOperation.ALL_GATHER.algorithmBitsPerSecond(1_000_000, durationPs))
        .isEqualTo(8e9);
    assertThat(CollectiveOperation.ALL_REDUCE.busBitsPerSecond(4, 1_000_000, durationPs))
        .isEqualTo(2 * 3 / 4.0 * 8e9);
    assertThat(CollectiveOperation.ALL_TO_ALL.busBitsPerSecond(4, 1_000_000, durationPs))
        .isEqualTo(3 / 4.0 * 8e9);
    assertThatThrownBy(() -> CollectiveOperation.ALL_REDUCE.busBitsPerSecond(4, 1, 0))
        .hasMessage("no bandwidth follows from 0 ps");
  }

  @Test
  void nonsenseIsRefused() {
    TaskList tasks = new TaskList();
    int[] two = {TaskList.NONE, TaskList.NONE};

    assertThatThrownBy(() -> Collectives.allGather(tasks, 3, 10, two))
        .hasMessage("no collective of 3 ranks, 2 of which may start, has 10 bytes");
    assertThatThrownBy(() -> tasks.transferOn(-1, 0, 1, 10))
        .hasMessage("there is no channel -1");
    assertThatThrownBy(
        () -> Algorithm.PARAMETER_SERVER.allReduce(tasks, 2, 10, 0, 1, Reduction.FREE, two))
            .hasMessage("workers cannot share 0 servers");
    assertThatThrownBy(
        () -> Algorithm.HIERARCHICAL.allReduce(tasks, 2, 10, 0, 3, Reduction.FREE, two))
            .hasMessage("2 ranks do not fill hosts of 3 ranks each");
    assertThatThrownBy(() -> new Reduction(-1)).hasMessage("adding a byte cannot take -1 ps");
    assertThatThrownBy(() -> new FastLink(0, 0))
        .hasMessage("a link needs a latency from 0 and a rate above 0: 0 ps, 0 bit/s");
  }
}
