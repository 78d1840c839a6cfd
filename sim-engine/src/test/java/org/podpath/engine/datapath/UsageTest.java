package org.podpath.engine.datapath;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Times are those of {@link HandMade} times 2, the slowness of its profile. */
class UsageTest {
  private final Segment softirq =
      Segment.of(
          HandMade.receive(50, 4).then(HandMade.stack().streamReceive()), HandMade.PROFILE,
          CoreRole.SOFTIRQ)
          .getFirst();

  @Test
  void whatPassedIsSplitByComponentAndAddsUp() {
    Usage usage = new Usage(softirq, 1);

    usage.add(3, 5, 40, 40, 100_000);

    assertThat(usage.busyPs(Component.IRQ)).isEqualTo(3 * 2 * 900);
    assertThat(usage.busyPs(Component.DRIVER)).isEqualTo(40 * 2 * (300 + 40));
    assertThat(usage.busyPs(Component.HOST_PATH)).isEqualTo(5 * 2 * 1_020);
    assertThat(usage.busyPs(Component.PROTOCOL)).isEqualTo(5 * 2 * 3_000);
    assertThat(usage.busyPs())
        .isEqualTo(Arrays.stream(Component.values()).mapToDouble(usage::busyPs).sum());
    assertThat(usage.packets()).isEqualTo(5);
    assertThat(usage.bytes()).isEqualTo(100_000);
  }

  /** κ = 3: twice the host's namespace (1,020) on top. The detour: 70,000 and 5,000. */
  @Test
  void coldAndFirstPacketsPayOnTop() {
    Usage usage = new Usage(softirq, 1);
    usage.add(0, 1, 0, 0, 0);
    double warmPs = usage.busyPs();

    usage.addCold(1);
    double coldPs = usage.busyPs();
    usage.addFirst(0);

    assertThat(coldPs - warmPs).isEqualTo(2 * 2 * 1_020);
    assertThat(usage.busyPs() - coldPs).isEqualTo(2 * 75_000);
    assertThat(usage.busyPs(Component.PROTOCOL)).isEqualTo(2 * (3_000 + 5_000));
  }

  @Test
  void onHalfACoreEverythingTakesTwiceTheTime() {
    Usage whole = new Usage(softirq, 1);
    Usage half = new Usage(softirq, 0.5);

    for (Usage usage : new Usage[] {whole, half}) {
      usage.add(1, 2, 3, 4, 5);
      usage.addCold(0.5);
      usage.addFirst(0);
    }

    assertThat(half.busyPs()).isEqualTo(2 * whole.busyPs());
  }

  @Test
  void countsOfManyStepsAreThoseOfOne() {
    Usage steps = new Usage(softirq, 1);
    Usage once = new Usage(softirq, 1);

    for (int i = 0; i < 8; i++) {
      steps.add(0.5, 1, 7, 7, 42_598);
    }
    once.add(4, 8, 56, 56, 8 * 42_598);

    assertThat(steps.busyPs()).isEqualTo(once.busyPs());
  }
}
