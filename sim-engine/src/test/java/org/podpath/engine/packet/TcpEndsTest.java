package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.datapath.Transport.Control;

/**
 * Sender and receiver of TCP alone, over a network that loses and delays at random: whatever it
 * does, every byte arrives, and what both ends say of it is true.
 */
class TcpEndsTest {
  private static final long HALF_TRIP_PS = 50_000_000L;
  private static final int BYTES = 1_500_037;

  private final BitSet arrived = new BitSet();
  private LossyLine line;
  private int segmentsTwice;

  /**
   * A network.
   *
   * @param lossRatio of segments and of acknowledgements
   * @param spreadRatio up to this many times its delay, a frame takes longer at random
   */
  record Case(long seed, Control control, double lossRatio, double spreadRatio) {}

  static Stream<Case> cases() {
    return Stream.of(Control.values())
        .flatMap(
            control -> Stream.of(
                new Case(1, control, 0, 0),
                new Case(2, control, 0.01, 0),
                new Case(3, control, 0, 3),
                new Case(4, control, 0.02, 1),
                new Case(5, control, 0.1, 0.1),
                new Case(6, control, 0.3, 2)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyByteArrivesWhateverTheNetworkDoes(Case weather) {
    build(weather);

    line.carry(BYTES);

    assertThat(line.receiver.next()).isEqualTo(BYTES);
    assertThat(line.receiver.hasGap()).isFalse();
    assertThat(line.sender.first()).isEqualTo(BYTES);
    assertThat(line.sender.next()).isEqualTo(BYTES);
    assertThat(line.sender.deadlinePs()).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @EnumSource(Control.class)
  void nothingIsSentAgainWhereNothingIsLostOrOvertaken(Control control) {
    build(new Case(1, control, 0, 0));

    line.carry(BYTES);

    assertThat(line.sender.retransmissions()).isZero();
    assertThat(segmentsTwice).isZero();
  }

  /**
   * Frames overtake each other, and nothing is lost. Segments are sent again for nothing until the
   * sender has seen how far the network reorders, not forever: in three times as many bytes there
   * are fewer of them.
   */
  @ParameterizedTest
  @EnumSource(Control.class)
  void whereNothingIsLostASenderLearnsToWaitForLateSegments(Control control) {
    build(new Case(7, control, 0, 0.5));

    line.carry(BYTES);
    long learning = line.sender.retransmissions();
    line.carry(4L * BYTES);

    assertThat(line.sender.retransmissions() - learning).isLessThan(learning);
  }

  /** 15 time-outs without an answer, and the other side is taken to be gone. */
  @Test
  void aSenderThatIsNeverAnsweredGivesUp() {
    line = new LossyLine(transport(Control.CUBIC), new Silence(), this::witness);

    line.carry(BYTES);

    // 1, 2, 4 … 64 s, then 120 s each: 15 waits before the last time-out, and that one
    assertThat(line.sender.isDead()).isTrue();
    assertThat(line.nowPs()).isEqualTo((127 + 9 * 120) * 1_000_000_000_000L);
    assertThat(line.receiver.next()).isZero();
  }

  /** Nothing gets through. */
  private record Silence() implements LossyLine.Weather {
    @Override
    public long delayPs(boolean answers) {
      return LossyLine.LOST;
    }

    @Override
    public boolean marks() {
      return false;
    }
  }

  private record RandomWeather(Case drawn, RandomGenerator random) implements LossyLine.Weather {
    @Override
    public long delayPs(boolean answers) {
      if (random.nextDouble() < drawn.lossRatio) {
        return LossyLine.LOST;
      }
      return (long) (HALF_TRIP_PS * (1 + drawn.spreadRatio * random.nextDouble()));
    }

    @Override
    public boolean marks() {
      return random.nextInt(4) == 0;
    }
  }

  private void build(Case weather) {
    RandomGenerator random =
        RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(weather.seed);
    line =
        new LossyLine(
            transport(weather.control), new RandomWeather(weather, random), this::witness);
  }

  private static Transport.Tcp transport(Control control) {
    return new Transport.Tcp(control, 10, 200_000, Transport.Tcp.LEAST_TIMEOUT_PS);
  }

  /** The receiver has everything up to the first byte that has not arrived. */
  private void witness(long offset, int bytes) {
    int first = (int) offset;
    segmentsTwice += arrived.get(first) ? 1 : 0;
    arrived.set(first, first + bytes);
    assertThat(line.receiver.next()).isEqualTo(arrived.nextClearBit(0));
    assertThat(line.receiver.hasGap()).isEqualTo(arrived.length() > line.receiver.next());
    assertToldIsTrue(first);
  }

  /** The block that is told of is the whole one around the bytes that came last. */
  private void assertToldIsTrue(int came) {
    long next = line.receiver.next();
    long told = line.receiver.told();
    if (told == 0) {
      assertThat(came).isLessThan((int) next);
      return;
    }
    int from = (int) TcpReceiver.from(next, told);
    int to = (int) TcpReceiver.to(next, told);
    assertThat(came).isBetween(from, to - 1);
    assertThat(from).isEqualTo(arrived.previousClearBit(came) + 1);
    assertThat(to).isEqualTo(arrived.nextClearBit(came));
  }
}
