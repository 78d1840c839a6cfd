package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges against a set that keeps every single byte. */
class ByteRangesTest {
  private static final int BYTES = 200;

  private final ByteRanges ranges = new ByteRanges();
  private final BitSet bytes = new BitSet();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void rangesHoldWhatASetOfBytesHolds(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(seed);

    for (int step = 0; step < 5_000; step++) {
      int first = random.nextInt(BYTES);
      int most = random.nextInt(8) == 0 ? BYTES : 12;
      int end = Math.min(BYTES, first + 1 + random.nextInt(most));
      switch (random.nextInt(12)) {
        case 0 -> removeBelow(first);
        default -> add(first, end);
      }
      assertSame();
      assertEnd(first);
    }
  }

  private void add(int first, int end) {
    ranges.add(first, end);
    bytes.set(first, end);
    int at = ranges.latest();

    assertThat(ranges.from(at)).isLessThanOrEqualTo(first);
    assertThat(ranges.to(at)).isGreaterThanOrEqualTo(end);
  }

  private void removeBelow(int offset) {
    ranges.removeBelow(offset);
    bytes.clear(0, offset);

    assertThat(ranges.latest()).isNegative();
  }

  private void assertSame() {
    assertThat(ranges.bytes()).isEqualTo(bytes.cardinality());
    assertThat(ranges.isEmpty()).isEqualTo(bytes.isEmpty());
    int range = 0;
    for (int from = bytes.nextSetBit(0); from >= 0; range++) {
      int to = bytes.nextClearBit(from);
      assertThat(ranges.from(range)).isEqualTo(from);
      assertThat(ranges.to(range)).isEqualTo(to);
      from = bytes.nextSetBit(to);
    }
    assertThat(ranges.size()).isEqualTo(range);
  }

  /** Of ranges that begin beyond {@code offset} none goes on from it. */
  private void assertEnd(int offset) {
    if (bytes.nextSetBit(0) >= offset) {
      long end = bytes.get(offset) ? bytes.nextClearBit(offset) : offset;
      assertThat(ranges.endFrom(offset)).isEqualTo(end);
    }
  }
}
