package org.podpath.engine.packet;

import java.util.ArrayDeque;
import org.podpath.engine.datapath.KernelLimits;
import org.podpath.engine.kernel.EventHandler;

/** The agents of a host: a thread beside those of pods, in which pieces of work take turns. */
final class HostAgents implements Service {
  private final PacketEngine engine;
  private final int host;
  private final int cpu;
  private final CpuThread thread;
  private final ArrayDeque<Work> waiting = new ArrayDeque<>();
  private double slicePs;

  private static final class Work {
    private final EventHandler done;
    private double leftPs;

    private Work(double leftPs, EventHandler done) {
      this.leftPs = leftPs;
      this.done = done;
    }
  }

  /** Agents that sleep. */
  HostAgents(PacketEngine engine, int host) {
    this.engine = engine;
    this.host = host;
    cpu = engine.cluster.agentCpu(host);
    thread =
        new CpuThread(engine.cpus.core(engine.cluster.topology().hosts().get(host), cpu), 1, null);
  }

  /** {@code done} is called when so much is done, in picoseconds of a whole core. */
  void work(double hostPs, EventHandler done) {
    waiting.add(new Work(hostPs, done));
    if (waiting.size() == 1) {
      thread.offer(this);
    }
  }

  @Override
  public double beginPs(CpuCore core) {
    slicePs = Math.min(waiting.getFirst().leftPs, KernelLimits.AGENT_SLICE_PS);
    return slicePs;
  }

  @Override
  public void end() {
    engine.meter.agent(host, cpu, thread.core().scaled(slicePs));
    Work work = waiting.removeFirst();
    work.leftPs -= slicePs;
    if (work.leftPs > 0) {
      waiting.add(work);
    }
    if (!waiting.isEmpty()) {
      thread.offer(this);
    }
    if (work.leftPs <= 0) {
      work.done.handle();
    }
  }
}
