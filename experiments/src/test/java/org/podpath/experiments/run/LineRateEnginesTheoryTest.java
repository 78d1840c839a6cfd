package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.cni.CniCatalog;
import org.podpath.cni.Encapsulation;
import org.podpath.cni.Kernel;
import org.podpath.cni.NetworkOptions;
import org.podpath.cni.Profiles;
import org.podpath.cni.Underlay;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.cluster.Receive;
import org.podpath.engine.cluster.Tenant;
import org.podpath.engine.cluster.Topology;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.flow.FlowEngine;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.packet.PacketEngine;
import org.podpath.engine.results.FrameTap;
import org.podpath.engine.results.RunReport;
import org.podpath.engine.results.SeenFrame.Kind;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Engine;
import org.podpath.engine.traffic.Flow;
import org.podpath.engine.traffic.Protocol;

/**
 * A stream that only the wire holds back. Its frames take the wire for the packet of the MTU and 38
 * bytes of Ethernet (IEEE 802.3), 42 with a tag. On the packet engine one follows the other without
 * a gap; on the flow engine twice as many bytes take so much longer.
 */
class LineRateEnginesTheoryTest {
  private static final long NIC_BITS_PER_SECOND = 10_000_000_000L;
  private static final long PS_PER_BYTE = 800;
  private static final long FRAMES = 2_000;

  /**
   * VXLAN 50, GRE 42, Geneve 58 bytes of the MTU; a tag 4 outside it; 52 are IP, TCP and time
   * stamps.
   */
  @ParameterizedTest
  @CsvSource({
      "macvlan, NONE, FLAT, 0, 0",
      "macvlan, NONE, VLAN, 0, 4",
      "macvlan, NONE, GRE, 42, 0",
      "macvlan, NONE, VXLAN, 50, 0",
      "ovn-kubernetes, GENEVE, NONE, 58, 0",
      "ovn-kubernetes, GENEVE, VLAN, 58, 4",
      "flannel, VXLAN, VXLAN, 100, 0"})
  void goodputIsWhatHeadersLeaveOfTheLine(
      String id, Encapsulation encapsulation, Underlay underlay, int inside, int tag) {
    for (int mtuBytes : new int[] {1450, 1500, 9000}) {
      long payloadBytes = mtuBytes - inside - 52L;
      long framesPs = FRAMES * (mtuBytes + tag + 38) * PS_PER_BYTE;
      Network network = network(id, encapsulation, underlay, mtuBytes);

      assertThat(secondHalfOnTheWirePs(network, 2 * FRAMES * payloadBytes))
          .as("packet engine at MTU %d", mtuBytes)
          .isEqualTo(framesPs);
      assertThat(
          flowPs(network, 2 * FRAMES * payloadBytes) - flowPs(network, FRAMES * payloadBytes))
              .as("flow engine at MTU %d", mtuBytes)
              .isEqualTo(framesPs);
    }
  }

  /** From the last bit of the frame in the middle to that of the last one. */
  private static long secondHalfOnTheWirePs(Network network, long bytes) {
    List<Long> seenPs = new ArrayList<>();
    FrameTap tap = (nowPs, link, frame) -> {
      if (frame.kind() == Kind.DATA && link == 0) {
        seenPs.add(nowPs);
      }
    };
    Simulator simulator = new Simulator(1);
    play(
        simulator,
        new PacketEngine(
            simulator, cluster(), network, new RunReport(), Optional.empty(), Optional.of(tap)),
        bytes);
    assertThat(seenPs).hasSize((int) (2 * FRAMES));
    return seenPs.getLast() - seenPs.get((int) FRAMES - 1);
  }

  private static long flowPs(Network network, long bytes) {
    Simulator simulator = new Simulator(1);
    return play(
        simulator, new FlowEngine(simulator, cluster(), network, new RunReport()), bytes);
  }

  private static long play(Simulator simulator, Engine engine, long bytes) {
    Connection connection = new Connection(0, 0, 1, Protocol.TCP, 40_000, 5201);
    long[] endPs = {-1};
    engine.start(
        new Flow(0, connection, false, bytes, Flow.NEVER_PS), () -> endPs[0] = simulator.nowPs());
    simulator.runUntil(Simulator.LONGEST_RUN_PS);
    return endPs[0];
  }

  private static Network network(
      String id, Encapsulation encapsulation, Underlay underlay, int wireMtuBytes) {
    Kernel kernel = new Kernel(fast());
    CniCatalog entry = CniCatalog.of(id);
    Cni own = entry.network(kernel, NetworkOptions.plain(encapsulation));
    Cni cni = underlay.carrying(own, kernel);
    int podMtuBytes = wireMtuBytes - cni.send().headerBytes();
    return new Network(cni, entry.stack(kernel), podMtuBytes, wireMtuBytes);
  }

  private static Cluster cluster() {
    List<Host> hosts = List.of(host(0), host(1));
    Topology topology = Topology.oneSwitch(hosts, NIC_BITS_PER_SECOND, 250_000, 500_000);
    List<Pod> pods =
        List.of(new Pod(0, "client", 0, 0, 0, 1, 0), new Pod(1, "server", 1, 0, 0, 1, 0));
    return new Cluster(topology, List.of(new Tenant(0, "blue")), pods);
  }

  private static Host host(int id) {
    return new Host(id, "host" + id, fast(), 2, false, Receive.POD_CORE, 1);
  }

  /** A hundred times as fast as the reference core: no core ever holds a stream back. */
  private static HostProfile fast() {
    HostProfile ref = Profiles.of("ref");
    return new HostProfile(
        "ref", 0.01, 1, ref.coldIdlePs(), ref.moderationPs(), ref.nicLatencyPs(),
        NIC_BITS_PER_SECOND, ref.mtuBytes(), 1, ref.hairpinBitsPerSecond(),
        ref.hairpinLatencyPs());
  }
}
