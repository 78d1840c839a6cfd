package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.podpath.engine.kernel.Simulator;

/** Threads within a quota, in milliseconds. */
class CpuQuotaTest {
  private static final long MS = 1_000_000_000L;

  private final Simulator simulator = new Simulator(1);
  private final CpuCore core = new CpuCore(simulator, 1, 1000 * MS);
  private final CpuCore otherCore = new CpuCore(simulator, 1, 1000 * MS);
  private final CpuQuota quarter = new CpuQuota(simulator, 0.25);
  private final List<Long> beginsMs = new ArrayList<>();
  private final List<Long> otherBeginsMs = new ArrayList<>();

  private final class Work implements Service {
    private final double ps;
    private final List<Long> begins;

    Work(double ms, List<Long> begins) {
      ps = ms * MS;
      this.begins = begins;
    }

    @Override
    public double beginPs(CpuCore at) {
      begins.add(simulator.nowPs() / MS);
      return ps;
    }

    @Override
    public void end() {}
  }

  /** Polls once. */
  private final class Poll implements Softirq {
    private final double ps;

    Poll(double ms) {
      ps = ms * MS;
    }

    @Override
    public double beginPs(CpuCore at) {
      return ps;
    }

    @Override
    public void end() {}

    @Override
    public boolean goesOn() {
      return false;
    }

    @Override
    public int polledFrames() {
      return 1;
    }

    @Override
    public boolean pending() {
      return false;
    }
  }

  private void offer(CpuThread thread, int services, double ms, List<Long> begins) {
    for (int i = 0; i < services; i++) {
      thread.offer(new Work(ms, begins));
    }
  }

  private void offerAt(long atMs, CpuThread thread, double ms) {
    simulator.after(atMs * MS, () -> offer(thread, 1, ms, beginsMs));
  }

  /** 10 + 10 + 10 ms use 5 more than 25, so 20 are left of the second period, and 25 of the third. */
  @Test
  void aThreadStandsStillWhenItsQuotaIsUsedUpUntilTheNextPeriod() {
    offer(new CpuThread(core, 1, quarter), 7, 10, beginsMs);

    simulator.runUntil(1000 * MS);

    assertThat(beginsMs).containsExactly(0L, 10L, 20L, 100L, 110L, 200L, 210L);
  }

  /** 80 ms are three periods and 5 ms of a fourth; the fifth has 20. */
  @Test
  void aServiceLongerThanTheQuotaIsPaidForByLaterPeriods() {
    CpuThread thread = new CpuThread(core, 1, quarter);
    offer(thread, 1, 80, beginsMs);
    offer(thread, 3, 10, beginsMs);

    simulator.runUntil(1000 * MS);

    assertThat(beginsMs).containsExactly(0L, 300L, 310L, 400L);
  }

  /** Each core has begun 15 ms when both have used 30, the quota of 25 and 5 of the next. */
  @Test
  void threadsOfAPodShareItsQuota() {
    offer(new CpuThread(core, 1, quarter), 4, 15, beginsMs);
    offer(new CpuThread(otherCore, 1, quarter), 4, 15, otherBeginsMs);

    simulator.runUntil(150 * MS);

    assertThat(beginsMs).containsExactly(0L, 100L);
    assertThat(otherBeginsMs).containsExactly(0L, 100L);
  }

  @Test
  void whatIsNotUsedIsNotSaved() {
    CpuThread thread = new CpuThread(core, 1, quarter);
    simulator.after(450 * MS, () -> offer(thread, 4, 10, beginsMs));

    simulator.runUntil(1000 * MS);

    assertThat(beginsMs).containsExactly(450L, 460L, 470L, 500L);
  }

  @Test
  void workThatComesWhileThePodStandsStillWaits() {
    CpuThread thread = new CpuThread(core, 1, quarter);
    offerAt(0, thread, 25);
    offerAt(40, thread, 5);
    offerAt(60, thread, 5);
    offerAt(130, thread, 5);

    simulator.runUntil(1000 * MS);

    assertThat(beginsMs).containsExactly(0L, 100L, 105L, 130L);
  }

  /** The neighbour has the core alone while the other stands still: 10 ms each, in turn. */
  @Test
  void othersOnTheCoreGoOn() {
    offer(new CpuThread(core, 1, quarter), 4, 10, beginsMs);
    offer(new CpuThread(core, 1, null), 8, 10, otherBeginsMs);

    simulator.runUntil(99 * MS);

    assertThat(beginsMs).containsExactly(0L, 20L, 40L);
    assertThat(otherBeginsMs).containsExactly(10L, 30L, 50L, 60L, 70L, 80L, 90L);
  }

  /** A poll of 50 ms stops the service of 20: it is over at 70, and 5 ms are left. */
  @Test
  void softirqsAreNotCharged() {
    offer(new CpuThread(core, 1, quarter), 3, 20, beginsMs);
    simulator.after(10 * MS, () -> core.raise(new Poll(50), 0));

    simulator.runUntil(99 * MS);

    assertThat(beginsMs).containsExactly(0L, 70L);
  }

  /** 30 · 9 ms in a row: of each period 100 ms are used, and the last service of it ends in the next. */
  @Test
  void aQuotaOfAWholeCoreNeverStopsOneThread() {
    offer(new CpuThread(core, 1, new CpuQuota(simulator, 1)), 30, 9, beginsMs);

    simulator.runUntil(1000 * MS);

    assertThat(beginsMs).hasSize(30).last().isEqualTo(29 * 9L);
  }
}
