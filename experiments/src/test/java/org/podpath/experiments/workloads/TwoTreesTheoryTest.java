package org.podpath.experiments.workloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.cni.CniCatalog;
import org.podpath.experiments.workloads.RanksOnASwitch.Kind;
import org.podpath.workloads.CollectiveTrees;
import org.podpath.workloads.Reduction;
import org.podpath.workloads.TaskList;

/**
 * The double binary tree on one switch: its closed form where there is one, its bounds and an
 * independent scheduler where two trees share a link in a way that has none; within 1 % on the flow
 * engine, 5 % on the packet engine. h is ⌈log2 n⌉, k the number of chunks of each half, S the
 * buffer. No cost of adding.
 */
class TwoTreesTheoryTest {
  /** The gradients of ResNet-50. */
  private static final long BYTES = 102_200_000;
  private static final long NIC_BITS_PER_SECOND = 10_000_000_000L;

  /**
   * Chunks of 1.06 MB on the flow engine: they fit into a window of 1.25 MB, so that no
   * acknowledgement uses a link, and the last frame of 9 kB, which takes no share of a link, is
   * less than 1 % of them. Chunks of 0.3 MB on the packet engine: as many as a connection has
   * slots, four, fit into a window; larger ones leave a link in bursts, not in shares.
   */
  private static int chunks(Kind kind) {
    return kind == Kind.FLOW ? 48 : 160;
  }

  /** The first chunk goes out while nothing comes in; from then on both links are always full. */
  @ParameterizedTest
  @EnumSource
  void twoRanksExchangeHalvesBothWays(Kind kind) {
    RanksOnASwitch two = played(2);
    double wholePs = BYTES * two.streamPsPerByte();

    assertNear(kind, two.playedPs(kind, tree(2, BYTES, 1)), wholePs + 2 * two.streamLatencyPs());
    assertNear(kind, two.playedPs(kind, tree(2, BYTES, 16)), wholePs + two.streamLatencyPs());
  }

  /**
   * In one chunk, the levels follow each other. At each of h − 1 levels two children share the link
   * of their parent, going up and coming down: 2 · S/2 over B; the root has one child: S/2 over B.
   * In all 2h α + 2 ((h − 1) S + S/2)/B.
   */
  @ParameterizedTest
  @CsvSource({"2, 1", "4, 2", "8, 3", "16, 4", "32, 5"})
  void halvesInOnePieceTakeLevelAfterLevel(int ranks, int levels) {
    RanksOnASwitch played = played(ranks);
    TaskList tasks = tree(ranks, BYTES, 1);

    double expectedPs =
        2 * levels * played.streamLatencyPs()
            + (2 * levels - 1) * BYTES * played.streamPsPerByte();

    for (Kind kind : Kind.values()) {
      assertNear(kind, played.playedPs(kind, tasks), expectedPs);
    }
  }

  /**
   * A half of at most a super-packet is a message. The second of two that come to one rank together
   * is late by a gap, and so is the second of two that leave together (the g of LogGP: A.
   * Alexandrov, M. Ionescu, K. Schauser, C. Scheiman, "LogGP", SPAA 1995): 2h messages, h − 1 gaps
   * going up, and h − 1 coming down. Where messages meet that came at different times, the flow engine
   * takes turns by an estimate.
   */
  @ParameterizedTest
  @CsvSource({"2, 1", "4, 2", "8, 3", "16, 4", "32, 5"})
  void smallBuffersTakeTheTimeOfTheirMessagesAndGaps(int ranks, int levels) {
    for (long bytes : new long[] {256, 1024, 16_384, 65_536, 131_072}) {
      for (Kind kind : Kind.values()) {
        Message half = new Message(kind, bytes / 2);

        double expectedPs =
            2 * levels * half.alonePs + (levels - 1) * (half.gapInPs + half.gapOutPs);

        double tolerance = kind == Kind.FLOW && ranks > 8 ? 0.07 : tolerance(kind) - 1;
        assertThat((double) played(ranks).playedPs(kind, tree(ranks, bytes, 1)))
            .as("%d bytes on the %s engine", bytes, kind)
            .isCloseTo(expectedPs, within(tolerance * expectedPs));
      }
    }
  }

  /**
   * The longest way has h edges up and down, even where the tree has gaps. On each of its edges a
   * message waits for one other at most: its sibling, or the one of the other tree.
   */
  @ParameterizedTest
  @CsvSource({"3, 2", "5, 3", "6, 3", "7, 3", "12, 4", "13, 4"})
  void smallBuffersOnOtherNumbersOfRanksStayBetweenNoGapAndAGapForEveryMessage(
      int ranks, int levels) {
    for (long bytes : new long[] {1024, 65_536}) {
      for (Kind kind : Kind.values()) {
        Message half = new Message(kind, bytes / 2);
        double leastPs = 2 * levels * half.alonePs;
        double mostPs = leastPs + 2 * levels * Math.max(half.gapInPs, half.gapOutPs);

        assertThat((double) played(ranks).playedPs(kind, tree(ranks, bytes, 1)))
            .as("%d ranks, %d bytes on the %s engine", ranks, bytes, kind)
            .isBetween((2 - tolerance(kind)) * leastPs, tolerance(kind) * mostPs);
      }
    }
  }

  /**
   * At least: with a parent and two children, a rank takes in S/2 four times, and three ranks have
   * one that takes in S/2 three times; the last of it needs α. At most: a chunk has no less than a
   * quarter of its links, so an edge takes 4 S/(2kB) for it, and the last chunk is through when 2h
   * edges have carried one chunk, k − 1 have gone before, and 2h latencies have passed.
   */
  @ParameterizedTest
  @CsvSource({"3, 2", "4, 2", "5, 3", "7, 3", "8, 3", "12, 4", "16, 4", "32, 5"})
  void chunksStayBetweenTheFullLinkAndAQuarterOfIt(int ranks, int levels) {
    RanksOnASwitch played = played(ranks);
    double wholePs = BYTES * played.streamPsPerByte();
    double latencyPs = played.streamLatencyPs();
    for (Kind kind : Kind.values()) {
      int k = chunks(kind);
      double leastPs = (ranks == 3 ? 1.5 : 2) * wholePs + latencyPs;
      double mostPs = (2 * levels + k - 1) * 2 * wholePs / k + 2 * levels * latencyPs;

      assertThat((double) played.playedPs(kind, tree(ranks, BYTES, k)))
          .as("%d ranks on the %s engine", ranks, kind)
          .isBetween((2 - tolerance(kind)) * leastPs, tolerance(kind) * mostPs);
    }
  }

  /** Chunks on their own connections share links fairly; how, an independent scheduler tells. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 15, 16, 32})
  void chunksTakeTheTimeOfFairShares(int ranks) {
    RanksOnASwitch played = played(ranks);
    for (Kind kind : Kind.values()) {
      TaskList tasks = tree(ranks, BYTES, chunks(kind));

      double expectedPs =
          FluidRanks.playedPs(
              tasks, ranks, played.streamLatencyPs(), played.streamPsPerByte());

      assertNear(kind, played.playedPs(kind, tasks), expectedPs);
    }
  }

  /** No number of ranks loses more than filling and draining the trees: a chunk for each level. */
  @Test
  void manyChunksNeedLittleMoreThanTheBufferTwice() {
    for (int ranks = 4; ranks <= 33; ranks++) {
      double ps = FluidRanks.playedPs(tree(ranks, 64_000_000, 64), ranks, 0, 1);
      int levels = Integer.SIZE - Integer.numberOfLeadingZeros(ranks - 1);

      assertThat(ps)
          .as("%d ranks", ranks)
          .isBetween(2 * 64e6, 2 * 64e6 + 2 * levels * 2 * 0.5e6);
    }
  }

  /** How long a message takes, and by how much the second of two is late. */
  private static final class Message {
    private final double alonePs;
    private final double gapInPs;
    private final double gapOutPs;

    private Message(Kind kind, long bytes) {
      RanksOnASwitch three = played(3);
      TaskList alone = new TaskList();
      alone.transfer(0, 2, bytes);
      TaskList in = new TaskList();
      in.transfer(0, 2, bytes);
      in.transfer(1, 2, bytes);
      TaskList out = new TaskList();
      out.transfer(2, 0, bytes);
      out.transfer(2, 1, bytes);
      alonePs = three.playedPs(kind, alone);
      gapInPs = three.playedPs(kind, in) - alonePs;
      gapOutPs = three.playedPs(kind, out) - alonePs;
    }
  }

  private static RanksOnASwitch played(int ranks) {
    return new RanksOnASwitch(CniCatalog.SRIOV, "ref", NIC_BITS_PER_SECOND, ranks, 1);
  }

  private static TaskList tree(int ranks, long bytes, int chunks) {
    TaskList tasks = new TaskList();
    int[] ready = new int[ranks];
    Arrays.fill(ready, TaskList.NONE);
    CollectiveTrees.doubleBinaryTreeAllReduce(
        tasks, ranks, bytes, chunks, Reduction.FREE, ready);
    return tasks;
  }

  private static double tolerance(Kind kind) {
    return kind == Kind.FLOW ? 1.01 : 1.05;
  }

  private static void assertNear(Kind kind, long playedPs, double expectedPs) {
    assertThat((double) playedPs)
        .as("on the %s engine", kind)
        .isCloseTo(expectedPs, within((tolerance(kind) - 1) * expectedPs));
  }
}
