package org.podpath.engine.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class QuantityTest {

  @ParameterizedTest
  @CsvSource({
      "TIME, 0s, 0",
      "TIME, 1ps, 1",
      "TIME, 1.2us, 1200000",
      "TIME, 12.5s, 12500000000000",
      "TIME, 250 ns, 250000",
      "TIME, 2min, 120000000000000",
      "TIME, 1h, 3600000000000000",
      "SIZE, 1B, 1",
      "SIZE, 64MB, 64000000",
      "SIZE, 1kB, 1000",
      "SIZE, 1KiB, 1024",
      "SIZE, 4KiB, 4096",
      "SIZE, 0.5KiB, 512",
      "RATE, 100Gbps, 100000000000",
      "RATE, 1.6Tbps, 1600000000000",
      "RATE, 9.41Gbps, 9410000000",
      "FREQUENCY, 8000/s, 28800000",
      "FREQUENCY, 0.25 /s, 900",
      "FREQUENCY, 90/min, 5400",
      "FREQUENCY, 1/h, 1",
      "LENGTH, 2.5m, 2500",
      "LENGTH, 80km, 80000000",
      "LENGTH, 1mm, 1",
      "TIME, 9223372036854775807ps, 9223372036854775807",
  })
  void aNumberAndItsUnitBecomeAWholeNumber(Quantity quantity, String text, long expected) {
    assertThat(quantity.parse(text)).isEqualTo(expected);
  }

  /** 0.1 and 0.3 have no exact double: a binary conversion would be a picosecond off. */
  @Test
  void decimalsAreExact() {
    assertThat(Quantity.TIME.parse("0.1s") + Quantity.TIME.parse("0.2s"))
        .isEqualTo(Quantity.TIME.parse("0.3s"));
    assertThat(Quantity.TIME.parse("9007199.254740993s")).isEqualTo(9_007_199_254_740_993_000L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
          "RATE | 100 | '100' is not a rate; write a number and one of"
              + " [bps, kbps, Mbps, Gbps, Tbps]",
          "RATE | fast | 'fast' is not a rate; write a number and one of"
              + " [bps, kbps, Mbps, Gbps, Tbps]",
          "RATE | 10gbps | '10gbps' is not a rate; write a number and one of"
              + " [bps, kbps, Mbps, Gbps, Tbps]",
          "RATE | 1e9bps | '1e9bps' is not a rate; write a number and one of"
              + " [bps, kbps, Mbps, Gbps, Tbps]",
          "FREQUENCY | 8000 | '8000' is not a frequency; write a number and one of [/h, /min, /s]",
          "FREQUENCY | 8k/s | '8k/s' is not a frequency; write a number and one of [/h, /min, /s]",
          "FREQUENCY | 0.0001/s | '0.0001/s' is not a whole number of events per hour; write fewer"
              + " decimals",
          "TIME | 5MB | '5MB' is not a time; write a number and one of [ps, ns, us, ms, s, min, h]",
          "TIME | .5s | '.5s' is not a time; write a number and one of [ps, ns, us, ms, s, min, h]",
          "SIZE | 1Mb | '1Mb' is not a size; write a number and one of"
              + " [B, kB, MB, GB, TB, KiB, MiB, GiB, TiB]",
          "TIME | -5ms | '-5ms' is negative; write a time of at least 0",
          "TIME | 0.5ps | '0.5ps' is not a whole number of picoseconds; write fewer decimals",
          "SIZE | 1.0005kB | '1.0005kB' is not a whole number of bytes; write fewer decimals",
          "TIME | 3000h | '3000h' is too large; write at most 9223372036854775807ps",
      })
  void whatIsNotAQuantityIsRefusedWithWhatToWrite(Quantity quantity, String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> quantity.parse(text))
        .withMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
      "TIME, 0, 0s",
      "TIME, 1, 1ps",
      "TIME, 1200000, 1.2us",
      "TIME, 500000, 500ns",
      "TIME, 12500000000000, 12.5s",
      "TIME, 60000000000000, 60s",
      "TIME, 7200000000000000, 2h",
      "TIME, 120000000000000, 120s",
      "SIZE, 1000, 1kB",
      "SIZE, 1024, 1KiB",
      "SIZE, 1500, 1500B",
      "SIZE, 64000000, 64MB",
      "SIZE, 1073741824, 1GiB",
      "RATE, 10000000000, 10Gbps",
      "RATE, 1600000000000, 1.6Tbps",
  })
  void aNumberIsShownInItsShortestForm(Quantity quantity, long number, String expected) {
    assertThat(quantity.format(number)).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsShownReadsBackAsTheSameNumber(Quantity quantity) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);

    for (int i = 0; i < 5_000; i++) {
      long number = random.nextLong(Long.MAX_VALUE) >> random.nextInt(63);

      assertThat(quantity.parse(quantity.format(number))).isEqualTo(number);
    }
    assertThat(quantity.parse(quantity.format(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aNegativeNumberIsNotShown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Quantity.SIZE.format(-1))
        .withMessage("no size is negative: -1");
  }
}
