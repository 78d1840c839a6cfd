package org.podpath.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RestingPartTest {

  /** Rates ask for 4 at 1 and for 1 at 4: 1, 4, 1, and there it stays. */
  @Test
  void whatGoesBackAndForthStaysLow() {
    RestingPart part = new RestingPart();
    int now = 1;
    for (int sweep = 0; sweep < 5; sweep++) {
      int next = part.next(now, now == 1 ? 4 : 1, 7);
      part.became(now, next, 7);
      now = next;
    }

    assertThat(now).isEqualTo(1);
    assertThat(part.next(1, 4, 7)).isEqualTo(1);
  }

  @Test
  void atTheNextInstantItMovesAgain() {
    RestingPart part = new RestingPart();
    part.became(1, 4, 7);
    part.became(4, 1, 7);

    assertThat(part.next(1, 4, 8)).isEqualTo(4);
  }

  @Test
  void whatHasOnlyFallenMayRise() {
    RestingPart part = new RestingPart();
    part.became(1, 4, 6);
    part.became(4, 1, 7);

    assertThat(part.next(1, 4, 7)).isEqualTo(4);
  }

  @Test
  void whatRestsMayStillFall() {
    RestingPart part = new RestingPart();
    part.became(4, 8, 7);
    part.became(8, 6, 7);

    assertThat(part.next(6, 8, 7)).isEqualTo(6);
    assertThat(part.next(6, 2, 7)).isEqualTo(2);
  }
}
