package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.datapath.Transport.Control;

/**
 * The mean window of a connection that loses every n-th segment, n = 1 / p: the model that the
 * closed forms are derived for.
 */
class PeriodicLossTheoryTest {
  private static final int LOSSES = 60;

  /**
   * Reno: sqrt(3 / (2 p)) segments, every segment being acknowledged, within 15 %.
   *
   * <p>Source: M. Mathis and others, "The Macroscopic Behavior of the TCP Congestion Avoidance
   * Algorithm", ACM CCR 27(3), 1997, equation 3.
   */
  @ParameterizedTest
  @CsvSource({"1000, 10", "10000, 50"})
  void renosMeanWindowIsMathiss(int period, int roundTripMs) {
    assertWindow(Control.RENO, period, roundTripMs, Math.sqrt(1.5 * period));
  }

  /**
   * CUBIC where it is not held to Reno's rate: 1.054 (RTT / p)^(3/4) segments, RTT in seconds,
   * within 15 %. The form assumes that each loss comes when the curve is back at its peak. That
   * state is come to from below and slowly, for near the peak the curve is flat: the peak is some 5
   * % short of it.
   *
   * <p>Source: RFC 9438 section 5.1, equation 6 with C = 0.4 and beta = 0.7.
   */
  @ParameterizedTest
  @CsvSource({"10000, 100", "10000, 300", "30000, 100"})
  void cubicsMeanWindowIsThatOfItsStandard(int period, int roundTripMs) {
    double expected = 1.054 * Math.pow(roundTripMs / 1e3 * period, 0.75);
    assertWindow(Control.CUBIC, period, roundTripMs, expected);
  }

  /** CUBIC on short round trips is as fast as Reno, by design of its own estimate, within 15 %. */
  @ParameterizedTest
  @CsvSource({"1000, 10", "10000, 10"})
  void cubicIsNoSlowerThanReno(int period, int roundTripMs) {
    assertWindow(Control.CUBIC, period, roundTripMs, Math.sqrt(1.5 * period));
  }

  private static void assertWindow(
      Control control, int period, int roundTripMs, double expectedSegments) {
    long roundTripPs = roundTripMs * 1_000_000_000L;
    Transport.Tcp transport =
        new Transport.Tcp(control, 10, 1_000_000_000, Transport.Tcp.LEAST_TIMEOUT_PS);
    LossyLine line =
        new LossyLine(transport, new EveryNth(period, roundTripPs / 2), (offset, bytes) -> {});

    line.carry(20L * period * LossyLine.SEGMENT_BYTES);
    long fromPs = line.nowPs();
    line.carry((20L + LOSSES) * period * LossyLine.SEGMENT_BYTES);

    double segments =
        (double) LOSSES * period * roundTripPs / (line.nowPs() - fromPs);
    Findings.note(control + " loses one of " + period + ", RTT " + roundTripMs + " ms",
        expectedSegments, segments, "segments");
    assertThat(segments).isCloseTo(expectedSegments, within(0.15 * expectedSegments));
  }

  /** Loses every {@code period}-th segment, and no acknowledgement. */
  private static final class EveryNth implements LossyLine.Weather {
    private final int period;
    private final long delayPs;
    private int segments;

    EveryNth(int period, long delayPs) {
      this.period = period;
      this.delayPs = delayPs;
    }

    @Override
    public long delayPs(boolean answers) {
      segments += answers ? 0 : 1;
      return !answers && segments % period == 0 ? LossyLine.LOST : delayPs;
    }

    @Override
    public boolean marks() {
      return false;
    }
  }
}
