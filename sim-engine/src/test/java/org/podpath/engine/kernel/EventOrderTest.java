package org.podpath.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens first: by time, and within one instant. */
class EventOrderTest {
  private static final long END_PS = 1_000;

  private final List<String> happened = new ArrayList<>();
  private final Simulator simulator = new Simulator(7);
  private int a;
  private int b;
  private int c;
  private EventHandler whenBWakes = () -> {};

  @BeforeEach
  void registerThreeEntities() {
    a = simulator.register(id -> log("a"));
    b = simulator.register(id -> {
      log("b");
      whenBWakes.handle();
    });
    c = simulator.register(id -> log("c"));
  }

  @Test
  void eventsHappenInTheOrderOfTheirTimes() {
    simulator.wake(a, 30);
    simulator.wake(b, 10);
    simulator.after(20, () -> log("one-off"));

    simulator.runUntil(END_PS);

    assertThat(happened).containsExactly("10 b", "20 one-off", "30 a");
  }

  @Test
  void entitiesOfTheSameInstantActInTheOrderOfTheirIds() {
    simulator.wake(c, 5);
    simulator.wake(a, 5);
    simulator.wake(b, 5);

    simulator.runUntil(END_PS);

    assertThat(happened).containsExactly("5 a", "5 b", "5 c");
  }

  @Test
  void oneOffsOfTheSameInstantHappenInTheOrderInWhichTheyWereScheduled() {
    for (int i = 0; i < 10; i++) {
      String name = "one-off " + i;
      simulator.after(5, () -> log(name));
    }

    simulator.runUntil(END_PS);

    assertThat(happened).hasSize(10).isSorted();
  }

  @Test
  void anEntitysOwnEventComesBeforeItsOneOffsAndThoseBeforeTheNextEntity() {
    whenBWakes = () -> {
      whenBWakes = () -> {};
      simulator.after(10, () -> log("first one-off of b"));
      simulator.after(10, () -> log("second one-off of b"));
      simulator.wake(c, 15);
      simulator.wake(b, 15);
      simulator.wake(a, 15);
    };
    simulator.wake(b, 5);

    simulator.runUntil(END_PS);

    assertThat(happened).containsExactly(
        "5 b", "15 a", "15 b", "15 first one-off of b", "15 second one-off of b", "15 c");
  }

  @Test
  void whatAOneOffSchedulesCountsForItsEntity() {
    whenBWakes = () -> simulator.after(1, () -> simulator.after(1, () -> log("grandchild of b")));
    simulator.wake(b, 5);
    simulator.wake(a, 7);
    simulator.wake(c, 7);

    simulator.runUntil(END_PS);

    assertThat(happened).containsExactly("5 b", "7 a", "7 grandchild of b", "7 c");
  }

  @Test
  void whatIsScheduledBetweenRunsCountsForTheFirstEntity() {
    simulator.wake(c, 5);
    simulator.runUntil(6);
    simulator.wake(b, 10);
    simulator.wake(a, 10);
    simulator.after(5, () -> log("one-off"));

    simulator.runUntil(END_PS);

    assertThat(happened).containsExactly("5 c", "10 a", "10 one-off", "10 b");
  }

  /** An instant lasts until nobody has anything left to do in it; an id below does not go back. */
  @Test
  void anEntityCanWakeAnyOtherInTheSameInstant() {
    whenBWakes = () -> {
      simulator.wake(c, 5);
      simulator.wake(a, 5);
      simulator.after(0, () -> log("one-off of b"));
    };
    simulator.wake(b, 5);
    simulator.wake(a, 8);

    simulator.runUntil(END_PS);

    assertThat(happened).containsExactly("5 b", "5 a", "5 one-off of b", "5 c");
  }

  @Test
  void anEntityCanActSeveralTimesInOneInstant() {
    whenBWakes = () -> {
      whenBWakes = () -> {};
      simulator.wake(b, 5);
    };
    simulator.wake(b, 5);

    simulator.runUntil(END_PS);

    assertThat(happened).containsExactly("5 b", "5 b");
  }

  @Test
  void aLaterWordMovesAnEntitysEvent() {
    simulator.wake(a, 10);
    simulator.wake(a, 30);
    simulator.wake(b, 40);
    simulator.wake(b, 20);

    simulator.runUntil(END_PS);

    assertThat(happened).containsExactly("20 b", "30 a");
  }

  @Test
  void aCancelledEventDoesNotHappen() {
    simulator.wake(a, 10);
    simulator.wake(b, 10);
    simulator.cancel(a);

    simulator.runUntil(END_PS);

    assertThat(happened).containsExactly("10 b");
  }

  @Test
  void anEntityCanBeCancelledByAnotherInTheLastMoment() {
    whenBWakes = () -> simulator.cancel(c);
    simulator.wake(b, 10);
    simulator.wake(c, 10);

    simulator.runUntil(END_PS);

    assertThat(happened).containsExactly("10 b");
  }

  @Test
  void anEntityThatMovesItselfAndThenCancelsHasNoNextEvent() {
    whenBWakes = () -> {
      simulator.wake(b, 20);
      simulator.cancel(b);
    };
    simulator.wake(b, 10);

    simulator.runUntil(END_PS);

    assertThat(happened).containsExactly("10 b");
  }

  private void log(String who) {
    happened.add(simulator.nowPs() + " " + who);
  }
}
