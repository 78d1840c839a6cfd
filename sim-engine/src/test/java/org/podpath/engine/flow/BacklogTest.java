package org.podpath.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Messages of 10 us. */
class BacklogTest {
  private static final long SERVICE_PS = 10_000_000;
  private static final long RUN_PS = 100_000_000_000L;

  private final Backlog backlog = new Backlog();
  private long emptyAtPs;

  /** One each 9 us: after 100 ms the work of 111 ms has come. */
  @Test
  void moreThanAllGrows() {
    for (long atPs = 0; atPs < RUN_PS; atPs += 9_000_000) {
      comes(atPs);
    }

    assertThat(emptyAtPs - RUN_PS).isBetween(10_000_000_000L, 12_000_000_000L);
    assertThat(backlog.grows(RUN_PS)).isTrue();
  }

  @Test
  void lessThanAllDoesNot() {
    for (long atPs = 0; atPs < RUN_PS; atPs += 11_000_000) {
      comes(atPs);
    }

    assertThat(backlog.grows(RUN_PS)).isFalse();
  }

  /** 200 senders that wait for their answers: 2 ms wait all of the time, which is 2 % of it. */
  @Test
  void aFullQueueOfSendersThatWaitDoesNot() {
    for (int sender = 0; sender < 200; sender++) {
      comes(0);
    }
    for (long atPs = SERVICE_PS; atPs < RUN_PS; atPs += SERVICE_PS) {
      comes(atPs);
    }

    assertThat(emptyAtPs - RUN_PS).isBetween(1_900_000_000L, 2_100_000_000L);
    assertThat(backlog.grows(RUN_PS)).isFalse();
  }

  /** Much at once near the end is a burst: the core idled for more than half of the time. */
  @Test
  void aBurstDoesNot() {
    for (int message = 0; message < 5000; message++) {
      comes(RUN_PS / 2 + 1 + message * 1_000_000L);
    }

    assertThat(emptyAtPs).isGreaterThan(RUN_PS);
    assertThat(backlog.grows(RUN_PS - 1)).isFalse();
  }

  private void comes(long atPs) {
    emptyAtPs = Math.max(atPs, emptyAtPs) + SERVICE_PS;
    backlog.comes(atPs, emptyAtPs);
  }
}
