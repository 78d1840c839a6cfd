package org.podpath.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A model without sense: whatever happens wakes, cancels, registers and schedules at random, also
 * between runs. Delays are spread over all sizes, from 0 to 2.8 hours.
 *
 * <p>What it does next depends on what happened before, so two kernels that once differ in the
 * order of events stay different.
 */
final class RandomProgram {
  private static final int FIRST_ENTITIES = 20;
  private static final int MOST_ENTITIES = 300;
  private static final double LOG_LONGEST_DELAY = StrictMath.log(1e16);
  private static final double LOG_LONGEST_STEP = StrictMath.log(1e14);

  private final Kernel kernel;
  private final SplittableRandom random;
  private final List<String> journal = new ArrayList<>();
  private int entities;
  private int oneOffs;
  private int operations;

  RandomProgram(Kernel kernel, long seed) {
    this.kernel = kernel;
    this.random = new SplittableRandom(seed);
  }

  /** Everything that happened in a run of so many operations, one line each. */
  List<String> run(int operationsInTotal) {
    for (int i = 0; i < FIRST_ENTITIES; i++) {
      register();
    }
    while (operations < operationsInTotal) {
      for (int i = 0; i < 5; i++) {
        operate(0);
      }
      kernel.runUntil(kernel.nowPs() + spread(LOG_LONGEST_STEP));
      journal.add(kernel.nowPs() + " ps  end of a run");
    }
    return journal;
  }

  private void register() {
    kernel.register(id -> happened("entity " + id, id));
    entities++;
  }

  private void happened(String what, int id) {
    journal.add(kernel.nowPs() + " ps  " + what);
    for (int i = random.nextInt(4); i > 0; i--) {
      operate(id);
    }
  }

  private void operate(int id) {
    operations++;
    int kind = random.nextInt(100);
    if (kind < 30) {
      kernel.wake(random.nextInt(entities), kernel.nowPs() + delayPs());
    } else if (kind < 50) {
      kernel.wake(id, kernel.nowPs() + delayPs());
    } else if (kind < 60) {
      kernel.cancel(random.nextInt(entities));
    } else if (kind < 65) {
      kernel.cancel(id);
    } else if (kind < 99 || entities == MOST_ENTITIES) {
      int number = oneOffs++;
      kernel.after(delayPs(), () -> happened("one-off " + number, id));
    } else {
      register();
    }
  }

  /** Every fourth delay is 0, so that much happens in one instant. */
  private long delayPs() {
    return random.nextInt(4) == 0 ? 0 : spread(LOG_LONGEST_DELAY);
  }

  private long spread(double logMost) {
    return (long) StrictMath.exp(random.nextDouble() * logMost);
  }
}
