package org.podpath.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rings against their closed form, and folded rings against the same rings rank by rank. */
class RoundsTheoryTest {
  private static final double BYTES_PER_SECOND = 12.5e9;
  private static final long LATENCY_PS = 2_000_000;
  private static final int[] NONE = {};

  /**
   * P. Patarasuk, X. Yuan, JPDC 69(2), 2009: 2(n - 1) steps, each a latency and the time of 1/n of
   * the bytes. 64 MB and powers of two make steps of whole picoseconds, so nothing is rounded.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 8, 64, 256})
  void aRingTakesItsClosedForm(int ranks) {
    double bytes = 64e6 / ranks;
    Rounds rounds = Rounds.apart(links(2 * ranks), ring(ranks, bytes));

    rounds.run();

    double seconds = 2 * (ranks - 1) * (LATENCY_PS / 1e12 + bytes / BYTES_PER_SECOND);
    for (int rank = 0; rank < ranks; rank++) {
      assertThat(rounds.endPs(rank) / 1e12).isCloseTo(seconds, within(1e-9 * seconds));
      assertThat(rounds.arrived(rank)).isEqualTo(2 * (ranks - 1));
    }
    assertThat(rounds.pieces()).isEqualTo(2L * (ranks - 1) * ranks);
  }

  @Test
  void ranksThatDoTheSameAreOne() {
    Rounds rounds = Rounds.folded(links(2 * 64), ring(64, 1e6));

    rounds.run();

    assertThat(rounds.variables()).isEqualTo(1);
    // One piece in each of 2 * 63 steps.
    assertThat(rounds.pieces()).isEqualTo(126);
  }

  /** A ring over 32 hosts of 8 GPUs whose rings share the hosts' links: 256 GPUs. */
  @Test
  void ringsThatShareTheirHostsAreFoldedExactly() {
    List<Channel> channels = sharedRings(32, 8);

    assertFoldedExactly(links(64), channels, 1);
  }

  /**
   * One slow link: positions differ by their distance from it, the 8 rings of a host still do not.
   */
  @Test
  void onlyWhatDiffersIsSplit() {
    double[] capacities = links(64);
    capacities[5] /= 3;

    assertFoldedExactly(capacities, sharedRings(32, 8), 32);
  }

  /**
   * Another tenant's flow over the links of two hosts: one channel more, and all positions differ.
   */
  @Test
  void aTenantInTheBackgroundSplitsToo() {
    List<Channel> channels = sharedRings(32, 8);
    channels.add(new Channel(use(3, 32 + 17), 3e7, 5, LATENCY_PS, NONE, NONE));

    assertFoldedExactly(links(64), channels, 33);
  }

  /** Whatever the channels are: the times are the same to the last picosecond. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void foldedOrNotTimesAreTheSame(long seed) {
    Random random = new Random(seed);
    for (int run = 0; run < 20; run++) {
      int hosts = 2 * (2 + random.nextInt(6));
      double[] capacities = links(2 * hosts);
      List<Channel> channels = new ArrayList<>(sharedRings(hosts, 1 + random.nextInt(3)));
      int pairs = random.nextInt(3);
      for (int pair = 0; pair < pairs; pair++) {
        int from = random.nextInt(hosts);
        channels.add(
            new Channel(
                use(from, hosts + (from + hosts / 2) % hosts), 1e6 * (1 + random.nextInt(2)),
                1 + random.nextInt(4), 0, NONE, new int[] {random.nextInt(channels.size())}));
      }
      if (random.nextBoolean()) {
        capacities[random.nextInt(hosts)] /= 2;
      }

      assertSameTimes(capacities, channels);
    }
  }

  @Test
  void whatCannotBePlayedIsRefused() {
    Use use = use(0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Channel(use, 0, 1, 0, NONE, NONE))
        .withMessage("a channel needs bytes and pieces above 0 and a latency from 0:"
            + " 0.0 bytes, 1 pieces, 0 ps");
    Channel fedByNobody = new Channel(use, 1, 1, 0, new int[] {7}, NONE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rounds.folded(new double[] {1}, List.of(fedByNobody)))
        .withMessage("channel 0 waits for channel 7, but there are 1");
    Channel nowhere = new Channel(use(3), 1, 1, 0, NONE, NONE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rounds.apart(new double[] {1}, List.of(nowhere)))
        .withMessage("flow 0 uses resource 3, but there are 1");
  }

  private static void assertFoldedExactly(
      double[] capacities, List<Channel> channels, int variables) {
    Rounds folded = assertSameTimes(capacities, channels);

    assertThat(folded.variables()).isEqualTo(variables);
  }

  private static Rounds assertSameTimes(double[] capacities, List<Channel> channels) {
    Rounds folded = Rounds.folded(capacities, channels);
    Rounds apart = Rounds.apart(capacities, channels);
    folded.run();
    apart.run();
    for (int channel = 0; channel < channels.size(); channel++) {
      assertThat(folded.arrived(channel)).isEqualTo(apart.arrived(channel));
      double expectedPs = apart.endPs(channel);
      assertThat((double) folded.endPs(channel))
          .isCloseTo(expectedPs, within(1e-9 * expectedPs));
    }
    return folded;
  }

  private static List<Channel> ring(int ranks, double bytes) {
    List<Channel> channels = new ArrayList<>();
    for (int rank = 0; rank < ranks; rank++) {
      int[] before = {(rank + ranks - 1) % ranks};
      channels.add(
          new Channel(
              use(rank, ranks + (rank + 1) % ranks), bytes, 2 * (ranks - 1), LATENCY_PS, before,
              NONE));
    }
    return channels;
  }

  private static List<Channel> sharedRings(int hosts, int rings) {
    List<Channel> channels = new ArrayList<>();
    for (int ring = 0; ring < rings; ring++) {
      for (int host = 0; host < hosts; host++) {
        int[] before = {ring * hosts + (host + hosts - 1) % hosts};
        channels.add(
            new Channel(
                use(host, hosts + (host + 1) % hosts), 1e6, 2 * (hosts - 1), LATENCY_PS, before,
                NONE));
      }
    }
    return channels;
  }

  private static double[] links(int count) {
    double[] capacities = new double[count];
    Arrays.fill(capacities, BYTES_PER_SECOND);
    return capacities;
  }

  private static Use use(int... resources) {
    return Use.of(resources, IntStream.of(resources).mapToDouble(r -> 1).toArray());
  }
}
