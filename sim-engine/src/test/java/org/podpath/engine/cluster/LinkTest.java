package org.podpath.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkTest {
  /** A byte has 8 bits and a second 10^12 ps: 8·10^12 / rate ps, whole on every Ethernet speed. */
  @ParameterizedTest
  @CsvSource({"10, 800", "25, 320", "100, 80", "400, 20", "800, 10", "1600, 5"})
  void serialisationIsExactOnEthernetSpeeds(long gigabits, long psPerByte) {
    long bitsPerSecond = gigabits * 1_000_000_000;

    assertThat(Link.serialisationPs(1, bitsPerSecond)).isEqualTo(psPerByte);
    assertThat(Link.serialisationPs(9038, bitsPerSecond)).isEqualTo(9038 * psPerByte);
    assertThat(Link.serialisationPs(0, bitsPerSecond)).isZero();
  }

  /** 8·10^12 / 3·10^9 = 2666.67 ps. */
  @Test
  void serialisationRoundsUpWhereAByteTakesNoWholeNumberOfPicoseconds() {
    assertThat(Link.serialisationPs(1, 3_000_000_000L)).isEqualTo(2667);
    assertThat(Link.serialisationPs(3, 3_000_000_000L)).isEqualTo(8000);
  }

  /** Bytes times 8·10^12 leave a {@code long} from 1.15 MB on. */
  @Test
  void serialisationAtOddRatesIsThatOfUnlimitedArithmeticWhateverTheSize() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      long bytes = random.nextLong(1L << random.nextInt(1, 41));
      long bitsPerSecond = random.nextLong(1_000_000_000L, 900_000_000_000L);

      assertThat(Link.serialisationPs(bytes, bitsPerSecond))
          .as("%d bytes at %d bit/s", bytes, bitsPerSecond)
          .isEqualTo(unlimited(bytes, bitsPerSecond));
    }
  }

  private static long unlimited(long bytes, long bitsPerSecond) {
    BigInteger rate = BigInteger.valueOf(bitsPerSecond);
    return BigInteger.valueOf(bytes)
        .multiply(BigInteger.valueOf(8))
        .multiply(BigInteger.TEN.pow(12))
        .add(rate.subtract(BigInteger.ONE))
        .divide(rate)
        .longValueExact();
  }

  @Test
  void aTimeThatNoLongHoldsIsRefusedAndNotWrong() {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> Link.serialisationPs(Long.MAX_VALUE, 10_000_000_000L));
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> Link.serialisationPs(Long.MAX_VALUE, 3_000_000_000L));
  }

  @Test
  void aLinkNeedsARateAndADelay() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Link(0, "host0.up", 0, 1, 0, 0, 1500))
        .withMessage("host0.up needs a rate above 0 and a delay from 0: 0 bit/s, 0 ps");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Link(0, "host0.up", 0, 1, 1, -1, 1500));
  }
}
