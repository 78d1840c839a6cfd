package org.podpath.engine.packet;

import org.podpath.engine.datapath.KernelLimits;
import org.podpath.engine.kernel.Entity;
import org.podpath.engine.kernel.Simulator;

/**
 * A CPU with three classes of work. Hard interrupts delay whatever runs. Softirqs, which poll frames,
 * stop a thread, which goes on when they are done. Threads share what is left: the one that had least
 * of the core, by weight, goes next (CFS), one service at a time. A thread whose pod has used up its
 * quota is not among them.
 *
 * <p>A run of softirqs that has taken 300 frames or 2 ms is left to ksoftirqd, a thread like others
 * (Linux, net/core/dev.c, net_rx_action; until it is through, interrupts only queue, as up to 6.4,
 * kernel/softirq.c, ksoftirqd_running).
 *
 * <p>After an idle gap a core is cold: the first packet it receives and the first it sends in the busy
 * period that follows pay the cold factor at the host's stages.
 */
final class CpuCore implements Entity {
  private final Simulator simulator;
  private final int id;
  private final double shareRatio;
  private final long coldIdlePs;
  private final Line<Softirq> polls = new Line<>();
  private final Line<CpuThread> runnable = new Line<>();
  private final CpuThread ksoftirqd = new CpuThread(this, 1, null);
  /** What runs; null while idle. */
  private Service running;
  /** The thread that runs; null in a softirq. */
  private CpuThread thread;
  private long runningPs;
  private long endPs;
  /** A thread's service that softirqs have stopped; null where there is none. */
  private Service stopped;
  private CpuThread stoppedThread;
  private long stoppedPs;
  private long stoppedLeftPs;
  private boolean deferred;
  private int runFrames;
  private long runStartPs;
  private double leastVirtualPs;
  private long idleSincePs;
  private boolean everBusy;
  private boolean coldReceive;
  private boolean coldSend;

  /**
   * An idle, cold CPU.
   *
   * @param shareRatio its speed over that of a whole core
   * @param coldIdlePs the gap after which it is cold
   */
  CpuCore(Simulator simulator, double shareRatio, long coldIdlePs) {
    this.simulator = simulator;
    this.shareRatio = shareRatio;
    this.coldIdlePs = coldIdlePs;
    id = simulator.register(this);
  }

  /**
   * A hard interrupt: {@code poll} is to be called.
   *
   * @param interruptPs what the interrupt itself takes a whole core
   */
  void raise(Softirq poll, double interruptPs) {
    long hardPs = scaled(interruptPs);
    polls.add(poll);
    if (running == null) {
      wakeUp();
      beginRun(hardPs);
    } else if (thread == null || deferred) {
      endPs += hardPs;
      simulator.wake(id, endPs);
    } else {
      stopped = running;
      stoppedThread = thread;
      stoppedPs = runningPs;
      stoppedLeftPs = endPs - simulator.nowPs();
      beginRun(hardPs);
    }
  }

  /** {@code sleeper} has something to do. */
  void offer(CpuThread sleeper, Service service) {
    sleeper.waiting.add(service);
    if (sleeper.waiting.size() == 1
        && sleeper != thread
        && sleeper != stoppedThread
        && sleeper.mayRun()) {
      ready(sleeper);
    }
  }

  /** {@code sleeper}, which has something to do, may run. */
  void ready(CpuThread sleeper) {
    join(sleeper);
    if (running == null) {
      wakeUp();
      goOn();
    }
  }

  private void join(CpuThread sleeper) {
    sleeper.wakeUp(leastVirtualPs - KernelLimits.SLEEPER_PS);
    runnable.add(sleeper);
  }

  private void wakeUp() {
    boolean cold = !everBusy || simulator.nowPs() - idleSincePs >= coldIdlePs;
    coldReceive = cold;
    coldSend = cold;
    everBusy = true;
  }

  /** Whether the packet that is received now finds the core cold; asking makes it warm. */
  boolean takeColdReceive() {
    boolean cold = coldReceive;
    coldReceive = false;
    return cold;
  }

  /** Whether the packet that is sent now finds the core cold; asking makes it warm. */
  boolean takeColdSend() {
    boolean cold = coldSend;
    coldSend = false;
    return cold;
  }

  /** What takes a whole core so long takes this one. */
  long scaled(double wholeCorePs) {
    return Math.round(wholeCorePs / shareRatio);
  }

  private void beginRun(long interruptPs) {
    runFrames = 0;
    runStartPs = simulator.nowPs();
    begin(polls.removeFirst(), null, interruptPs);
  }

  private void begin(Service service, CpuThread of, long interruptPs) {
    running = service;
    thread = of;
    runningPs = scaled(service.beginPs(this));
    endPs = simulator.nowPs() + interruptPs + runningPs;
    simulator.wake(id, endPs);
  }

  /** What runs is over. */
  @Override
  public void wake(int entity) {
    if (thread != null) {
      thread.ran(runningPs);
    }
    running.end();
    if (running instanceof Softirq poll) {
      if (poll.goesOn()) {
        begin(poll, thread, 0);
        return;
      }
      runFrames += poll.polledFrames();
      if (poll.pending()) {
        polls.add(poll);
      }
    }
    if (thread != null && (thread == ksoftirqd ? deferred : !thread.waiting.isEmpty())) {
      runnable.add(thread);
    }
    goOn();
  }

  private void goOn() {
    boolean inSoftirq = running != null && thread == null;
    if (polls.isEmpty()) {
      leaveDeferred();
    } else if (inSoftirq && mayRunOn()) {
      begin(polls.removeFirst(), null, 0);
      return;
    } else if (!deferred) {
      deferred = true;
      join(ksoftirqd);
    }
    if (stopped != null) {
      resume();
    } else {
      schedule();
    }
  }

  private boolean mayRunOn() {
    return runFrames < KernelLimits.RUN_FRAMES
        && simulator.nowPs() - runStartPs < KernelLimits.RUN_PS;
  }

  private void leaveDeferred() {
    if (deferred) {
      deferred = false;
      runnable.remove(ksoftirqd);
    }
  }

  private void resume() {
    running = stopped;
    thread = stoppedThread;
    runningPs = stoppedPs;
    endPs = simulator.nowPs() + stoppedLeftPs;
    stopped = null;
    stoppedThread = null;
    simulator.wake(id, endPs);
  }

  /** The thread that had least of the core goes next. */
  private void schedule() {
    CpuThread next = first();
    while (next != null && !next.mayRun()) {
      runnable.remove(next);
      next = first();
    }
    if (next == null) {
      running = null;
      thread = null;
      idleSincePs = simulator.nowPs();
      return;
    }
    runnable.remove(next);
    leastVirtualPs = Math.max(leastVirtualPs, next.virtualPs());
    begin(next == ksoftirqd ? polls.removeFirst() : next.waiting.removeFirst(), next, 0);
    next.runs(runningPs);
  }

  private CpuThread first() {
    CpuThread first = null;
    for (int i = 0; i < runnable.size(); i++) {
      CpuThread candidate = runnable.get(i);
      if (first == null || candidate.virtualPs() < first.virtualPs()) {
        first = candidate;
      }
    }
    return first;
  }
}
