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

  /** Whether connections are opened, and what the network does to them. */
  record Past(String name, boolean opened, PortQueues queues) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Past> pasts() {
    return Stream.of(
        new Past("all is well", false, DEEP),
        new Past("opened", true, DEEP),
        new Past("losses", false, DEEP.with(new Marking.Random(0.01))));
  }

  /**
   * 50,000 connections that have moved 20 kB each, one after the other, and stay. Objects take 416
   * bytes each: the sender 80, its window 72, its round trip 48; the receiver 24; what carries both
   * 56, its lists of flows 32; the channel 64, the connection 40. Rows of arrays, which grow by a
   * quarter, take 45 to 60: ways 16 to 20, the event queue 20 to 25, tables of channels 12 to 15.
   * What gaps and handshakes need has been let go.
   */
  @ParameterizedTest
  @MethodSource("pasts")
  void aConnectionTakesLessThan500Bytes(Past past) {
    Simulator simulator = new Simulator(1);
    PacketEngine engine = engine(simulator, Transport.Tcp.LINUX, past.queues);
    startNext(engine, past, 0, 1_000);
    simulator.runUntil(Simulator.LONGEST_RUN_PS / 2);
    long before = usedBytes();

    startNext(engine, past, 1_000, 51_000);
    simulator.runUntil(Simulator.LONGEST_RUN_PS);

    long bytesEach = (usedBytes() - before) / 50_000;
    Reference.reachabilityFence(engine);
    assertThat(bytesEach).isBetween(300L, 499L);
  }

  private static void startNext(PacketEngine engine, Past past, int id, int end) {
    if (id < end) {
      Connection connection = new Connection(id, 0, 1, Protocol.TCP, id & 0xffff, 5201);
      Flow flow = new Flow(id, connection, false, 20_000, Flow.NEVER_PS);
      engine.start(
          past.opened ? flow.opening() : flow,
          () -> startNext(engine, past, id + 1, end));
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

  /** The serial collector leaves some dead space but for every fourth time, whichever that is. */
  private static long usedBytes() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
