package org.podpath.engine.datapath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.cluster.Receive;
import org.podpath.engine.cluster.Tenant;
import org.podpath.engine.cluster.Topology;
import org.podpath.engine.datapath.Uncontended.Demand;
import org.podpath.engine.datapath.Uncontended.Step;

/** Pods 0 and 1 on host 0, pod 2 on host 1; they send on CPU 0 or 2 and read on 1 or 3. */
class UncontendedTest {
  private static final long RATE = 10_000_000_000L;
  private static final long PS_PER_BYTE = 800;
  private static final long LINK_DELAY_PS = 250_000;
  private static final long SWITCH_PS = 500_000;

  /** Payload over wire bytes: MTU − headers − 52 over MTU + tag + 38. */
  @ParameterizedTest
  @CsvSource({
      "flat, 0, 0, 8948, 9038",
      "VLAN, 0, 4, 8948, 9042",
      "IP in IP, 20, 0, 8928, 9038",
      "VXLAN, 50, 0, 8898, 9038",
      "Geneve, 58, 0, 8890, 9038"})
  void aLinkCarriesThePayloadsShareOfItsFrames(
      String name, int headers, int tag, double payload, double wire) {
    Uncontended way =
        way(new Network(HandMade.cni(headers, tag), HandMade.stack(), 9000 - headers, 9000), 0, 2);

    for (int hop : new int[] {0, 1}) {
      double bitsPerSecond = 8 / linkSeconds(way, way.links().get(hop).id());
      assertThat(bitsPerSecond).as(name).isCloseTo(RATE * payload / wire, within(1.0));
    }
  }

  /**
   * Acknowledgements of 52 + 50 + 38 bytes: at most one for two segments of 8,898 bytes, at least one
   * for the seven that GRO joins.
   */
  @Test
  void acknowledgementsTakeTheOtherDirectionOfTheWire() {
    Uncontended way = way(network(), 0, 2);
    double perByte = linkSeconds(way, 1) * RATE / 8 / 140;

    assertThat(perByte).isBetween(1 / (7 * 8_898.0), 1.01 / (2 * 8_898.0));
  }

  /**
   * One byte in 1 + 140 bytes of frame: card 1 µs, two links (serialisation, 0.25 µs) with the
   * switch's 0.5 µs between them, card 1 µs, moderation 11 µs.
   */
  @Test
  void aMessageWaitsForCardsWiresAndTheInterrupt() {
    long expectedPs =
        2_000_000 + 2 * 141 * PS_PER_BYTE + 2 * LINK_DELAY_PS + SWITCH_PS + 11_000_000;

    assertThat(waitPs(way(network(), 0, 2), 1)).isEqualTo(expectedPs);
  }

  /**
   * 65,536 bytes are eight frames, 7.23 µs apart. A poll comes 11 µs after the frame that finds
   * nobody polling and so takes two of them: the fourth begins 11 µs after the seventh frame. The
   * work of the other polls, 1.4 µs for six frames, overlaps with the wire.
   */
  @Test
  void theFramesOfALongMessageArePolledInPairsAsTheyCome() {
    long gapPs = 9_038 * PS_PER_BYTE;
    long firstPs = 2_000_000 + 2 * gapPs + 2 * LINK_DELAY_PS + SWITCH_PS;

    assertThat(waitPs(way(network(), 0, 2), 65_536))
        .isCloseTo(firstPs + 6 * gapPs + 11_000_000 - 1_400_000, within(100_000L));
  }

  /**
   * Slowness 2 on each: send 1,400 + 11 + 1,000 + 200, receive 900 + 300 + 1,020 + 3,000, read
   * 100 + 13.
   */
  @Test
  void aMessageOfOneFrameIsNeitherCutNorJoined() {
    Uncontended way = way(network(), 0, 2);
    long cpuPs = 2 * (2_611 + 5_220 + 113);

    assertThat(way.messagePs(1)).isEqualTo(cpuPs + waitPs(way, 1));
  }

  @Test
  void insideAHostNoLinkIsUsed() {
    Uncontended way = way(network(), 0, 1);

    assertThat(way.local()).isTrue();
    assertThat(way.links()).isEmpty();
    assertThat(way.streamDemands()).allMatch(Demand.OnCpu.class::isInstance);
    assertThat(way.messageSteps(1, false)).allMatch(Step.Pass.class::isInstance);
  }

  @Test
  void aNetworkWithoutASameHostListTurnsRoundInTheNetworkCard() {
    Cni cni = new Cni("bypass", Optional.empty(), HandMade.send(0, 4), HandMade.receive(0, 4));
    Uncontended way = way(new Network(cni, HandMade.stack(), 9000, 9000), 0, 1);

    assertThat(way.local()).isFalse();
    assertThat(way.links()).containsExactly(host(0).hairpin());
  }

  /** Here that is the wire; the way of the first burst comes on top. */
  @Test
  void aLongFlowTakesItsTimeAtTheTightestResource() {
    Uncontended way = way(network(), 0, 2);
    long bytes = 10_000_000;
    double wirePs = (bytes - 65_536) * 9_038.0 / 8_898 * PS_PER_BYTE;

    assertThat(way.idealPs(bytes))
        .isCloseTo(Math.round(wirePs) + way.messagePs(65_536), within(1L));
  }

  @Test
  void aFlowThatFitsIntoASuperPacketIsAMessage() {
    Uncontended way = way(network(), 0, 2);

    assertThat(way.idealPs(65_536)).isEqualTo(way.messagePs(65_536));
  }

  private static Network network() {
    return new Network(HandMade.cni(50, 0), HandMade.stack(), 8950, 9000);
  }

  private static double linkSeconds(Uncontended way, int link) {
    return way.streamDemands()
        .stream()
        .filter(demand -> demand instanceof Demand.OnLink on && on.link().id() == link)
        .mapToDouble(Demand::secondsPerByte)
        .sum();
  }

  private static long waitPs(Uncontended way, long bytes) {
    return way.messageSteps(bytes, false)
        .stream()
        .mapToLong(
            step -> switch (step) {
              case Step.Wait wait -> wait.delayPs();
              case Step.Ring ring -> ring.delayPs();
              default -> 0;
            })
        .sum();
  }

  private static Uncontended way(Network network, int from, int to) {
    List<Host> hosts = List.of(host(0), host(1));
    Topology topology = Topology.oneSwitch(hosts, RATE, LINK_DELAY_PS, SWITCH_PS);
    List<Pod> pods =
        List.of(
            new Pod(0, "a", 0, 0, 0, 1, 0), new Pod(1, "b", 0, 0, 2, 3, 0),
            new Pod(2, "c", 1, 0, 0, 1, 0));
    Cluster cluster = new Cluster(topology, List.of(new Tenant(0, "blue")), pods);
    return new Uncontended(cluster, new NetworkPaths(network), from, to, 17, 23);
  }

  private static Host host(int id) {
    return new Host(id, "host" + id, HandMade.PROFILE, 4, false, Receive.POD_CORE, 4);
  }
}
