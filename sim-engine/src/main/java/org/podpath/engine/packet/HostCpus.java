package org.podpath.engine.packet;

import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.cluster.Tenant;
import org.podpath.engine.datapath.Interrupts;
import org.podpath.engine.datapath.KernelLimits;
import org.podpath.engine.results.Recorder;

/**
 * The CPUs of all hosts, the queues out of which their kernels poll, and the processes of pods. Each is made
 * when it is first used.
 */
final class HostCpus {
  /** QEMU, hw/net/virtio-net.c, rx_queue_size; a packet counts as one, however many buffers it takes. */
  private static final int VIRTIO_PACKETS = 256;

  private final PacketEngine engine;
  private final Cluster cluster;
  private final boolean guests;
  private final boolean steers;
  /** By host and CPU. */
  private final CpuCore[][] cores;
  private final ReceiveQueue[][] queues;
  /** By host; null where there has been nothing to do for them. */
  private final HostAgents[] agents;
  /** By pod: its processes on the CPU that sends, and on the one that receives. */
  private final CpuThread[][] threads;
  /** By pod; null where there is none, or no thread yet. */
  private final CpuQuota[] quotas;

  /**
   * @param guests whether pods are behind a virtual network card
   * @param steers whether packets are queued once more for the CPU that they are steered to
   */
  HostCpus(PacketEngine engine, boolean guests, boolean steers) {
    this.engine = engine;
    this.guests = guests;
    this.steers = steers;
    cluster = engine.cluster;
    int hosts = cluster.topology().hosts().size();
    cores = new CpuCore[hosts][];
    queues = new ReceiveQueue[hosts][];
    agents = new HostAgents[hosts];
    for (Host host : cluster.topology().hosts()) {
      cores[host.id()] = new CpuCore[host.cpus()];
      queues[host.id()] = new ReceiveQueue[host.cpus()];
    }
    threads = new CpuThread[cluster.pods().size()][2];
    quotas = new CpuQuota[threads.length];
  }

  CpuCore core(Host host, int cpu) {
    CpuCore core = cores[host.id()][cpu];
    if (core == null) {
      core =
          new CpuCore(engine.simulator, cluster.shareRatio(host, cpu), host.profile().coldIdlePs());
      cores[host.id()][cpu] = core;
    }
    return core;
  }

  /** The processes of {@code pod} on {@code cpu}, which is the one that it sends or receives on. */
  CpuThread thread(Pod pod, int cpu) {
    CpuThread[] both = threads[pod.id()];
    int which = cpu == cluster.sendCpu(pod.id()) ? 0 : 1;
    if (both[which] == null) {
      both[which] = new CpuThread(core(cluster.hostOf(pod.id()), cpu), 1, quota(pod.id()));
    }
    return both[which];
  }

  private CpuQuota quota(int pod) {
    double cores = cluster.quotaCores(pod);
    if (quotas[pod] == null && cores != Tenant.NO_QUOTA) {
      quotas[pod] = new CpuQuota(engine.simulator, cores);
    }
    return quotas[pod];
  }

  /** What writes the rules of {@code host}. */
  HostAgents agents(int host) {
    if (agents[host] == null) {
      agents[host] = new HostAgents(engine, host);
    }
    return agents[host];
  }

  /** The queue out of which the kernel of pods polls: of the card, of a guest's ring, or a backlog. */
  ReceiveQueue queue(Host host, int cpu) {
    ReceiveQueue queue = queues[host.id()][cpu];
    if (queue == null) {
      Interrupts interrupts =
          guests || steers
              ? Interrupts.atOnce(host.profile())
              : engine.paths.interrupts(host.profile());
      int ringFrames = guests ? VIRTIO_PACKETS : host.profile().ringFrames();
      ringFrames = steers ? KernelLimits.BACKLOG_PACKETS : ringFrames;
      queue = new ReceiveQueue(engine, core(host, cpu), interrupts, ringFrames);
      queues[host.id()][cpu] = queue;
    }
    return queue;
  }

  /** Tells how long frames waited in the queues of cards, where the kernel of pods polls these. */
  void report(Recorder recorder) {
    if (guests || steers) {
      return;
    }
    for (int host = 0; host < queues.length; host++) {
      for (int cpu = 0; cpu < queues[host].length; cpu++) {
        if (queues[host][cpu] != null) {
          recorder.queue(queues[host][cpu].use(host, cpu));
        }
      }
    }
  }

  /** Tells which queues had no room. */
  void noteFullRings(Reports reports) {
    for (Host host : cluster.topology().hosts()) {
      ReceiveQueue[] ofHost = queues[host.id()];
      for (int cpu = 0; cpu < ofHost.length; cpu++) {
        if (ofHost[cpu] != null && ofHost[cpu].dropped() > 0) {
          if (steers) {
            reports.droppedInBacklog(host, cpu, ofHost[cpu].dropped());
          } else {
            reports.droppedInRing(host, cpu, ofHost[cpu].dropped());
          }
        }
      }
    }
  }
}
