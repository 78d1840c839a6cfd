package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.podpath.engine.cluster.Cable;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.cluster.PortQueues.Marking;
import org.podpath.engine.cluster.PortQueues.Pause;
import org.podpath.engine.cluster.PortQueues.Scheduling;
import org.podpath.engine.cluster.Tenant;
import org.podpath.engine.cluster.Topology;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.datapath.Transport.Control;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Flow;
import org.podpath.engine.traffic.Pace;
import org.podpath.engine.traffic.Protocol;

/** What the engine needs of memory: nothing for a packet that passes, little for one that waits. */
class MemoryTest {
  private static final PortQueues DEEP = PortQueues.fifo(4_000_000);
  private static final PortQueues PAUSING =
      new PortQueues(
          4_000_000, Optional.empty(), Optional.of(new Marking.Red(20_000, 400_000, 0.1)),
          new Scheduling.StrictPriority(), Optional.of(new Pause(200_000, 100_000, 0)), false);

  /** Traffic over two switches, as workload W2 has it. */
  record Traffic(String name, Protocol protocol, Transport transport, PortQueues queues) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Traffic> traffic() {
    return Stream.of(
        new Traffic("CUBIC, drop-tail", Protocol.TCP, tcp(Control.CUBIC), DEEP),
        new Traffic("Reno, drop-tail", Protocol.TCP, tcp(Control.RENO), PortQueues.fifo(200_000)),
        new Traffic(
            "DCTCP, step", Protocol.TCP, tcp(Control.DCTCP), DEEP.with(new Marking.Step(100_000))),
        new Traffic(
            "CUBIC, losses", Protocol.TCP, tcp(Control.CUBIC),
            DEEP.with(new Marking.Random(1e-4))),
        new Traffic("RoCE, pauses", Protocol.ROCE, Transport.Roce.DCQCN, PAUSING),
        new Traffic("datagrams", Protocol.UDP, Transport.Tcp.LINUX, DEEP));
  }

  /** A fifth of a second warms up; then a frame over a link may take a tenth of a byte of heap. */
  @ParameterizedTest
  @MethodSource("traffic")
  void noPacketAllocatesAnything(Traffic traffic) {
    Simulator simulator = new Simulator(1);
    PacketEngine engine = engine(simulator, traffic.transport, traffic.queues);
    for (int i = 0; i < 2; i++) {
      engine.start(endless(i, traffic.protocol), () -> {});
    }
    simulator.runUntil(Lab.PS_PER_SECOND / 5);
    long hopsBefore = engine.packetHops();
    long before = allocatedBytes();

    simulator.runUntil(Lab.PS_PER_SECOND / 2);

    long allocated = allocatedBytes() - before;
    long hops = engine.packetHops() - hopsBefore;
    assertThat(hops).isGreaterThan(500_000);
    assertThat(allocated).isLessThan(hops / 10);
  }

  /**
   * 10,000 connections that have moved 20 kB each, one after the other, and stay open. Some 1,000
   * bytes each: sender 136, its window 88, round trip 72 and scoreboard 104; receiver 64; what
   * carries both 300, channel, connection and way 350.
   */
  @Test
  void aConnectionTakesAboutAKilobyte() {
    Simulator simulator = new Simulator(1);
    PacketEngine engine = engine(simulator, Transport.Tcp.LINUX, DEEP);
    startNext(engine, 0, 1_000);
    simulator.runUntil(Lab.PS_PER_SECOND / 10);
    long before = usedBytes();

    startNext(engine, 1_000, 11_000);
    simulator.runUntil(Lab.PS_PER_SECOND);

    long bytesEach = (usedBytes() - before) / 10_000;
    Reference.reachabilityFence(engine);
    assertThat(bytesEach).isBetween(100L, 1_150L);
  }

  private static void startNext(PacketEngine engine, int id, int end) {
    if (id < end) {
      Connection connection = new Connection(id, 0, 1, Protocol.TCP, id & 0xffff, 5201);
      engine.start(
          new Flow(id, connection, false, 20_000, Flow.NEVER_PS),
          () -> startNext(engine, id + 1, end));
    }
  }

  /** Four numbers: when it arrives, the packed header, the sequence, and what it answers. */
  @Test
  void aQueuedFrameTakes32Bytes() {
    int frames = 1 << 16;
    long before = allocatedBytes();

    FrameRing ring = new FrameRing(frames);
    for (int i = 0; i < frames; i++) {
      ring.add(i, i, i, i);
    }

    assertThat((allocatedBytes() - before) / frames).isEqualTo(32);
    assertThat(ring.size()).isEqualTo(frames);
  }

  private static Transport tcp(Control control) {
    return new Transport.Tcp(control, 10, 2_000_000, Transport.Tcp.LEAST_TIMEOUT_PS);
  }

  private static Flow endless(int id, Protocol protocol) {
    Connection connection = new Connection(id, 0, 1, protocol, 40_000 + id, 5201);
    Optional<Pace> pace =
        protocol == Protocol.UDP ? Optional.of(Pace.poisson(1_400, 2_400_000, "datagrams/" + id))
            : Optional.empty();
    return new Flow(
        id, connection, false, Flow.ENDLESS_BYTES, Lab.PS_PER_SECOND, pace, false, false);
  }

  private static PacketEngine engine(
      Simulator simulator, Transport transport, PortQueues queues) {
    Cable cable = Wires.cable(10_000_000_000L, 5_000_000);
    Topology topology = Wires.row(2, cable, queues);
    List<Pod> pods =
        List.of(new Pod(0, "a", 0, 0, 0, 0, 0), new Pod(1, "b", 1, 0, 0, 0, 0));
    Cluster cluster = new Cluster(topology, List.of(new Tenant(0, "blue")), pods);
    return new PacketEngine(
        simulator, cluster, FreeHosts.network(transport), new Nobody(), Optional.empty(),
        Optional.empty());
  }

  private static long allocatedBytes() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }

  private static long usedBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
