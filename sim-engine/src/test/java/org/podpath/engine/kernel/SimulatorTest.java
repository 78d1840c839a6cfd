package org.podpath.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The clock, what it refuses, and how far it goes. */
class SimulatorTest {
  private static final long SECOND_PS = 1_000_000_000_000L;

  private final List<Long> happenedAtPs = new ArrayList<>();
  private final Simulator simulator = new Simulator(7);

  @Test
  void aRunEndsWithTheEventsOfItsLastInstant() {
    for (long atPs = 8; atPs <= 12; atPs++) {
      simulator.after(atPs, this::log);
    }

    simulator.runUntil(10);

    assertThat(happenedAtPs).containsExactly(8L, 9L, 10L);
    assertThat(simulator.events()).isEqualTo(3);
  }

  @Test
  void theClockStandsAtTheEndWhereSomethingIsLeftToHappen() {
    simulator.wake(simulator.register(id -> log()), 20);

    simulator.runUntil(10);

    assertThat(simulator.nowPs()).isEqualTo(10);
  }

  @Test
  void theClockStandsAtTheLastEventWhereNothingIsLeftToHappen() {
    simulator.after(4, this::log);

    simulator.runUntil(10);

    assertThat(simulator.nowPs()).isEqualTo(4);
  }

  @Test
  void aRunGoesOnWhereTheLastOneEnded() {
    simulator.after(4, this::log);
    simulator.after(14, this::log);

    simulator.runUntil(10);
    simulator.after(1, this::log);
    simulator.runUntil(20);

    assertThat(happenedAtPs).containsExactly(4L, 11L, 14L);
  }

  @Test
  void stopEndsTheRunAfterTheEventThatCallsIt() {
    simulator.after(3, simulator::stop);
    simulator.after(3, this::log);
    simulator.after(5, this::log);

    simulator.runUntil(10);

    assertThat(simulator.nowPs()).isEqualTo(3);
    assertThat(happenedAtPs).isEmpty();
  }

  @Test
  void aStoppedRunCanGoOn() {
    simulator.after(3, simulator::stop);
    simulator.after(5, this::log);

    simulator.runUntil(10);
    simulator.runUntil(10);

    assertThat(happenedAtPs).containsExactly(5L);
  }

  @Test
  void anEventBeforeNowIsRefused() {
    int entity = simulator.register(id -> log());
    simulator.after(7, () -> simulator.wake(entity, 4));

    assertThatIllegalArgumentException().isThrownBy(() -> simulator.runUntil(10))
        .withMessage("an event cannot happen 3 ps before now (7 ps)");
  }

  @Test
  void aNegativeDelayIsRefused() {
    simulator.after(7, () -> simulator.after(-3, this::log));

    assertThatIllegalArgumentException().isThrownBy(() -> simulator.runUntil(10))
        .withMessage("an event cannot happen 3 ps before now (7 ps)");
  }

  @Test
  void aDelayThatNoLongHoldsIsRefused() {
    simulator.after(7, () -> simulator.after(Long.MAX_VALUE - 6, this::log));

    assertThatIllegalArgumentException().isThrownBy(() -> simulator.runUntil(10))
        .withMessage("an event cannot happen 9223372036854775801 ps after now (7 ps)");
  }

  @Test
  void aRunLastsAtMostAHundredDays() {
    simulator.runUntil(Simulator.LONGEST_RUN_PS);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> simulator.runUntil(Simulator.LONGEST_RUN_PS + 1))
        .withMessage(
            "a run from 0 ps cannot end at 8640000000000000001 ps (at most 8640000000000000000)");
  }

  @Test
  void aRunCannotEndBeforeItStarts() {
    simulator.after(7, this::log);
    simulator.runUntil(7);

    assertThatIllegalArgumentException().isThrownBy(() -> simulator.runUntil(6))
        .withMessage("a run from 7 ps cannot end at 6 ps (at most 8640000000000000000)");
  }

  /** 2^43 ps, about 8.8 s, is what a packed key holds: both sides of it, and multiples. */
  @Test
  void eventsHappenOnTimeHoweverFarTheyAre() {
    long horizonPs = 1L << 43;
    long[] timesPs = LongStream
        .of(0, 1, horizonPs, 2 * horizonPs, 1000 * horizonPs, Simulator.LONGEST_RUN_PS - 3)
        .flatMap(aboutPs -> LongStream.rangeClosed(Math.max(0, aboutPs - 3), aboutPs + 3))
        .distinct()
        .toArray();
    for (int i = timesPs.length - 1; i >= 0; i--) {
      simulator.wake(simulator.register(id -> log()), timesPs[i]);
    }

    simulator.runUntil(Simulator.LONGEST_RUN_PS);

    assertThat(happenedAtPs).containsExactly(LongStream.of(timesPs).boxed().toArray(Long[]::new));
  }

  @Test
  void farEventsOfTheSameInstantActInTheOrderOfTheirIds() {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      simulator.register(order::add);
    }
    for (int id : new int[] {3, 0, 4, 2, 1}) {
      simulator.wake(id, 100 * SECOND_PS);
    }

    simulator.runUntil(100 * SECOND_PS);

    assertThat(order).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void anEntityThatActsEverySecondDoesSoForAHundredDays() {
    int[] acted = {0};
    int everySecond = simulator.register(id -> {
      acted[0]++;
      simulator.wake(id, simulator.nowPs() + SECOND_PS);
    });
    simulator.wake(everySecond, SECOND_PS);
    simulator.wake(simulator.register(id -> log()), Simulator.LONGEST_RUN_PS);

    simulator.runUntil(Simulator.LONGEST_RUN_PS);

    assertThat(acted[0]).isEqualTo(100 * 86_400);
    assertThat(happenedAtPs).containsExactly(Simulator.LONGEST_RUN_PS);
  }

  /** The only entity is an hour away; what one-offs wake in the meantime must not come late. */
  @Test
  void nearEventsCanStillBeScheduledWhileOnlyAFarOneIsPending() {
    int far = simulator.register(id -> log());
    int near = simulator.register(id -> log());
    simulator.wake(far, 3600 * SECOND_PS);
    simulator.after(SECOND_PS, () -> simulator.wake(near, 2 * SECOND_PS));
    simulator.after(20 * SECOND_PS, () -> simulator.wake(near, 21 * SECOND_PS));

    simulator.runUntil(30 * SECOND_PS);
    simulator.wake(near, 31 * SECOND_PS);
    simulator.runUntil(Simulator.LONGEST_RUN_PS);

    assertThat(happenedAtPs).containsExactly(
        2 * SECOND_PS, 21 * SECOND_PS, 31 * SECOND_PS, 3600 * SECOND_PS);
  }

  @Test
  void anEventThatCanNeverHappenDoesNoHarm() {
    int never = simulator.register(id -> log());
    simulator.wake(never, Long.MAX_VALUE);

    simulator.runUntil(10 * SECOND_PS);
    simulator.wake(never, 11 * SECOND_PS);
    simulator.runUntil(20 * SECOND_PS);

    assertThat(happenedAtPs).containsExactly(11 * SECOND_PS);
  }

  @Test
  void entitiesCanRegisterDuringARun() {
    int births = 1000;
    Entity[] mother = new Entity[1];
    mother[0] = id -> {
      log();
      if (id < births) {
        simulator.wake(simulator.register(mother[0]), simulator.nowPs() + 1);
      }
    };
    simulator.wake(simulator.register(mother[0]), 0);

    simulator.runUntil(2 * births);

    assertThat(happenedAtPs)
        .containsExactly(LongStream.rangeClosed(0, births).boxed().toArray(Long[]::new));
  }

  @Test
  void thereIsRoomForAMillionEntitiesAndNoMore() {
    int most = 1_048_576;
    int last = 0;
    for (int i = 0; i < most; i++) {
      last = simulator.register(id -> log());
    }
    simulator.wake(last, 3600 * SECOND_PS);

    simulator.runUntil(Simulator.LONGEST_RUN_PS);

    assertThat(happenedAtPs).containsExactly(3600 * SECOND_PS);
    assertThatIllegalStateException().isThrownBy(() -> simulator.register(id -> log()))
        .withMessage("more than 1048576 entities");
  }

  private void log() {
    happenedAtPs.add(simulator.nowPs());
  }
}
