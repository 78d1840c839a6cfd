package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.engine.kernel.RandomStream;
import org.podpath.engine.kernel.Simulator;

/** What is asked of a core at random, and when it has done it: no rule of turns makes or loses time. */
class CoreWorkTheoryTest {
  private static final long US = 1_000_000;
  private static final long MS = 1000 * US;

  /** A piece of work of a thread. */
  private static final class Piece implements Service {
    private final long ps;
    private final Runnable done;

    Piece(long ps, Runnable done) {
      this.ps = ps;
      this.done = done;
    }

    @Override
    public double beginPs(CpuCore core) {
      return ps;
    }

    @Override
    public void end() {
      done.run();
    }
  }

  /** A ring that polls empty, a frame in each part and 64 in a poll: of work that knows its length. */
  private static final class Ring implements Softirq {
    private static final int POLL_FRAMES = 64;

    private final CpuCore core;
    private final Runnable done;
    private final List<Long> framesPs = new ArrayList<>();
    private boolean armed;
    private int polled;
    private int lastPolled;

    Ring(CpuCore core, Runnable done) {
      this.core = core;
      this.done = done;
    }

    /** Returns what the core has to do for it, its interrupt included. */
    long arrive(long framePs, long interruptPs) {
      framesPs.add(framePs);
      if (armed) {
        return framePs;
      }
      armed = true;
      core.raise(this, interruptPs);
      return framePs + interruptPs;
    }

    @Override
    public double beginPs(CpuCore at) {
      polled++;
      return framesPs.removeFirst();
    }

    @Override
    public void end() {
      lastPolled = polled;
      armed = !framesPs.isEmpty();
      if (!armed || polled == POLL_FRAMES) {
        polled = 0;
      }
      done.run();
    }

    @Override
    public boolean goesOn() {
      return polled > 0;
    }

    @Override
    public int polledFrames() {
      return lastPolled;
    }

    @Override
    public boolean pending() {
      return armed;
    }
  }

  /**
   * What is left to do falls by a second in a second while there is any, whoever's turn it is (work
   * conservation: L. Kleinrock, "Queueing Systems", volume 2, section 3.4), so the end of each busy
   * period follows from arrivals alone, to the last picosecond. Three threads of unlike weights and two
   * rings ask for 0.7 of the core in the mean, in bursts that pass the budget of 300 frames.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aCoreIsBusyAsLongAsThereIsWorkAndNoLonger(long seed) {
    Simulator simulator = new Simulator(seed);
    CpuCore core = new CpuCore(simulator, 1, 0);
    Books books = new Books(simulator);
    List<CpuThread> threads = new ArrayList<>();
    List<Ring> rings = new ArrayList<>();
    for (double weight : new double[] {1, 2, 0.5}) {
      threads.add(new CpuThread(core, weight, null));
    }
    rings.add(new Ring(core, books::done));
    rings.add(new Ring(core, books::done));
    RandomStream random = simulator.random("work");
    for (int burst = 0; burst < 1500; burst++) {
      long atPs = random.nextInt(1000) * MS;
      int pieces = random.nextInt(10) == 0 ? 400 : 1 + random.nextInt(20);
      int place = random.nextInt(5);
      simulator.after(atPs, () -> {
        for (int i = 0; i < pieces; i++) {
          long ps = 1 + random.nextInt((int) (18 * US));
          if (place < 3) {
            books.asked(ps);
            threads.get(place).offer(new Piece(ps, books::done));
          } else {
            books.asked(rings.get(place - 3).arrive(ps, US));
          }
        }
      });
    }

    simulator.runUntil(Simulator.LONGEST_RUN_PS);

    assertThat(books.ended).hasSizeGreaterThan(50).isEqualTo(books.due());
    assertThat(books.open).isZero();
  }

  /** When the core should have nothing to do, and when it has. */
  private static final class Books {
    private final Simulator simulator;
    private final List<Long> ended = new ArrayList<>();
    private final List<Long> due = new ArrayList<>();
    private long open;
    private long duePs;

    Books(Simulator simulator) {
      this.simulator = simulator;
    }

    void asked(long ps) {
      if (simulator.nowPs() > duePs) {
        if (duePs > 0) {
          due.add(duePs);
        }
        duePs = simulator.nowPs();
      }
      duePs += ps;
      open++;
    }

    void done() {
      open--;
      if (open == 0) {
        ended.add(simulator.nowPs());
      }
    }

    /** Ends of busy periods as they follow from what was asked. */
    List<Long> due() {
      List<Long> all = new ArrayList<>(due);
      all.add(duePs);
      return all;
    }
  }

  /**
   * Threads that always have something to do get times in proportion to their weights at any moment, but
   * for a service of each: that which runs, and that by which the other was ahead. Services take up to 2
   * ms, so what they had, over their weights, differs by 2 ms / w₁ + 2 ms / w₂ at most.
   */
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "1, 1, 2", "1, 3, 3", "0.5, 1, 4", "2, 5, 5"})
  void busyThreadsHaveTimesLikeTheirWeights(double first, double second, long seed) {
    Simulator simulator = new Simulator(seed);
    CpuCore core = new CpuCore(simulator, 1, 0);
    double[] hadPs = new double[2];
    double[] weights = {first, second};
    double mostPs = 2 * MS / first + 2 * MS / second;
    List<Double> apartPs = new ArrayList<>();
    RandomStream random = simulator.random("lengths");
    for (int i = 0; i < 2; i++) {
      int own = i;
      CpuThread thread = new CpuThread(core, weights[own], null);
      for (int piece = 0; piece < 4000; piece++) {
        long ps = 1 + (own == 0 ? random.nextInt((int) (2 * MS)) : random.nextInt((int) MS / 10));
        thread.offer(new Piece(ps, () -> {
          hadPs[own] += ps / weights[own];
          apartPs.add(Math.abs(hadPs[0] - hadPs[1]));
        }));
      }
    }

    simulator.runUntil(150 * MS);

    assertThat(apartPs).hasSizeGreaterThan(200).allMatch(ps -> ps <= mostPs);
    assertThat(hadPs[0] * first + hadPs[1] * second).isGreaterThan(148.0 * MS);
  }
}
