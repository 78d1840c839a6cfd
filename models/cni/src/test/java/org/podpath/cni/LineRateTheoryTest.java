package org.podpath.cni;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.cluster.Receive;
import org.podpath.engine.cluster.Tenant;
import org.podpath.engine.cluster.Topology;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.NetworkPaths;
import org.podpath.engine.datapath.Uncontended;
import org.podpath.engine.datapath.Uncontended.Demand;

/**
 * Goodput where the wire is the limit. A frame takes 38 bytes of Ethernet beside the packet
 * (preamble 8, header 14, checksum 4, gap 12; IEEE 802.3) and 4 more with a tag; of the packet, up
 * to the wire's MTU, the encapsulations and 52 bytes of IP, TCP and timestamps are no payload.
 */
class LineRateTheoryTest {
  private static final long NIC_BITS_PER_SECOND = 10_000_000_000L;

  /**
   * The columns inside and tag are the bytes by which the two encapsulations make the packet and
   * the frame larger: VXLAN 50, GRE 42, Geneve 58, IP in IP 20; a tag 4.
   */
  @ParameterizedTest
  @CsvSource({
      "macvlan, NONE, NONE, 0, 0",
      "macvlan, NONE, FLAT, 0, 0",
      "macvlan, NONE, VLAN, 0, 4",
      "macvlan, NONE, GRE, 42, 0",
      "macvlan, NONE, VXLAN, 50, 0",
      "ovn-kubernetes, GENEVE, NONE, 58, 0",
      "ovn-kubernetes, GENEVE, FLAT, 58, 0",
      "ovn-kubernetes, GENEVE, VLAN, 58, 4",
      "ovn-kubernetes, GENEVE, GRE, 100, 0",
      "flannel, VXLAN, VXLAN, 100, 0",
      "calico-iptables, IPIP, VLAN, 20, 4",
      "sriov, NONE, NONE, 0, 4",
      "sriov, NONE, VLAN, 0, 4",
      "sriov, NONE, FLAT, 0, 0"})
  void goodputIsWhatHeadersLeaveOfTheLine(
      String id, Encapsulation encapsulation, Underlay underlay, int inside, int tag) {
    for (int mtuBytes : new int[] {1450, 1500, 9000}) {
      double payloadBytes = mtuBytes - inside - 52;
      double expected = NIC_BITS_PER_SECOND * payloadBytes / (mtuBytes + tag + 38);

      assertThat(goodputBitsPerSecond(id, encapsulation, underlay, mtuBytes))
          .as("at MTU %d", mtuBytes)
          .isCloseTo(expected, Offset.offset(expected * 1e-12));
    }
  }

  private static double goodputBitsPerSecond(
      String id, Encapsulation encapsulation, Underlay underlay, int wireMtuBytes) {
    HostProfile fast = fast();
    Kernel kernel = new Kernel(fast);
    Cni own = CniCatalog.of(id).network(kernel, NetworkOptions.plain(encapsulation));
    Cni cni = underlay.carrying(own, kernel);
    int podMtuBytes = wireMtuBytes - cni.send().headerBytes();
    Network network = new Network(cni, TcpStack.on(kernel), podMtuBytes, wireMtuBytes);
    List<Host> hosts = List.of(host(0, fast), host(1, fast));
    Topology topology = Topology.oneSwitch(hosts, NIC_BITS_PER_SECOND, 250_000, 500_000);
    List<Pod> pods =
        List.of(new Pod(0, "client", 0, 0, 0, 1, 0), new Pod(1, "server", 1, 0, 0, 1, 0));
    Cluster cluster = new Cluster(topology, List.of(new Tenant(0, "blue")), pods);
    Uncontended way = new Uncontended(cluster, new NetworkPaths(network), 0, 1, 0, 0);
    return 8
        / way.streamDemands().stream().mapToDouble(Demand::secondsPerByte).max().orElseThrow();
  }

  private static Host host(int id, HostProfile profile) {
    return new Host(id, "host" + id, profile, 2, false, Receive.POD_CORE, 1);
  }

  /** A thousand times as fast as the reference core: no core ever holds a stream back. */
  private static HostProfile fast() {
    HostProfile ref = Profiles.of("ref");
    return new HostProfile(
        "ref", 0.001, 1, ref.coldIdlePs(), ref.moderationPs(), ref.nicLatencyPs(),
        NIC_BITS_PER_SECOND, ref.mtuBytes(), 1, ref.hairpinBitsPerSecond(),
        ref.hairpinLatencyPs());
  }
}
