package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.engine.TwoHosts;
import org.podpath.engine.TwoHosts.Kind;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.cluster.Receive;
import org.podpath.engine.datapath.HandMade;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.results.CpuTime;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Flow;

class PacketEngineTest {
  private static final Network NETWORK =
      new Network(HandMade.cni(50, 4), HandMade.stack(), 8950, 9000);

  @Test
  void flowsOfAConnectionArriveWholeAndOneAfterTheOther() {
    TwoHosts hosts = new TwoHosts(Kind.PACKET);
    Connection connection = hosts.connect(0, 2);

    List<FinishedFlow> ended =
        hosts.run(
            hosts.flow(connection, 3_000_000),
            hosts.flow(connection, 1),
            hosts.flow(connection, 65_537),
            hosts.flow(connection, 2_000_000));

    assertThat(ended).extracting(f -> f.flow().id()).containsExactly(0L, 1L, 2L, 3L);
    assertThat(ended).extracting(FinishedFlow::deliveredBytes)
        .containsExactly(3_000_000L, 1L, 65_537L, 2_000_000L);
    assertThat(ended).allMatch(FinishedFlow::complete);
  }

  /** One frame, two links; as no reply carries it, an acknowledgement follows after 40 ms. */
  @Test
  void aMessageIsOneFrameOverTwoLinksAndAnsweredLate() {
    TwoHosts hosts = new TwoHosts(Kind.PACKET);

    hosts.run(hosts.flow(hosts.connect(0, 2), 100));

    assertThat(((PacketEngine) hosts.engine).dataHops()).isEqualTo(2);
    assertThat(((PacketEngine) hosts.engine).packetHops()).isEqualTo(4);
  }

  /**
   * 10 MB in frames of 8,898 B are 1,124 frames over two links. Super-packets of at most 42,598 B
   * are at least 235, and 55 of 100 are answered: at least 129 acknowledgements over two links.
   */
  @Test
  void aStreamIsAnsweredOnceForAboutTwoSuperPackets() {
    TwoHosts hosts = new TwoHosts(Kind.PACKET);

    hosts.run(hosts.flow(hosts.connect(0, 2), 10_000_000));

    long acknowledgementHops = ((PacketEngine) hosts.engine).packetHops() - 2 * 1124;
    assertThat(acknowledgementHops).isBetween(2 * 129L - 20, 2 * 620L);
  }

  /** The hand-made host needs far less time for a byte than the link: 8,898 of 9,042 B at 10 Gb/s. */
  @Test
  void aStreamOnFastHostsRunsAtLineRate() {
    TwoHosts hosts = new TwoHosts(Kind.PACKET);

    FinishedFlow flow = hosts.run(hosts.flow(hosts.connect(0, 2), 100_000_000)).getFirst();

    assertThat(TwoHosts.gigabitsPerSecond(flow)).isCloseTo(10 * 8898 / 9042.0, within(0.01));
  }

  /** Pod MTU, headers inside the MTU and tag give the share of payload on the wire, whatever they are. */
  @ParameterizedTest
  @ValueSource(ints = {0, 20, 50, 58})
  void lineRateGoodputIsTheShareOfPayloadOnTheWire(int headerBytes) {
    for (int mtu : new int[] {1450, 1500, 9000}) {
      Network network =
          new Network(HandMade.cni(headerBytes, 4), HandMade.stack(), mtu - headerBytes, mtu);
      TwoHosts hosts = new TwoHosts(Kind.PACKET, HandMade.PROFILE, Receive.POD_CORE, network);

      FinishedFlow flow = hosts.run(hosts.flow(hosts.connect(0, 2), 50_000_000)).getFirst();

      double share = (mtu - headerBytes - 52) / (mtu + 38.0 + 4);
      assertThat(TwoHosts.gigabitsPerSecond(flow)).isCloseTo(10 * share, within(0.02));
    }
  }

  @ParameterizedTest
  @EnumSource(Receive.class)
  void aStreamArrivesWhicheverCoreTakesTheFrames(Receive receive) {
    TwoHosts hosts = new TwoHosts(Kind.PACKET, HandMade.PROFILE, receive, NETWORK);

    FinishedFlow between = hosts.run(hosts.flow(hosts.connect(0, 2), 5_000_000)).getFirst();

    assertThat(between.deliveredBytes()).isEqualTo(5_000_000);
  }

  /** A reader that needs 8 ns for a byte reads 1 Gb/s, however fast the link is. */
  @Test
  void aSlowReaderSlowsTheSender() {
    HostProfile slow = slowness(600);
    TwoHosts hosts = new TwoHosts(Kind.PACKET, slow, Receive.RSS, NETWORK);
    Connection connection = hosts.connect(0, 2);
    long readPs = 600 * 13;

    FinishedFlow flow = hosts.run(hosts.flow(connection, 20_000_000)).getFirst();

    assertThat(TwoHosts.gigabitsPerSecond(flow)).isLessThan(8e3 / readPs * 1.01);
  }

  @Test
  void theTimeOfAFlowIsUpAlthoughBytesAreLeft() {
    TwoHosts hosts = new TwoHosts(Kind.PACKET);
    Connection connection = hosts.connect(0, 2);

    List<FinishedFlow> ended =
        hosts.run(hosts.flowUntil(connection, 2_000_000_000L), hosts.flow(connection, 1000));

    assertThat(ended.get(0).endPs()).isEqualTo(2_000_000_000L);
    assertThat(ended.get(0).deliveredBytes()).isBetween(1_000_000L, 2_500_000L);
    assertThat(ended.get(1).flow().id()).isEqualTo(1);
    assertThat(ended.get(1).deliveredBytes()).isEqualTo(1000);
  }

  @Test
  void aFlowWhoseTimeIsUpBeforeItsTurnMovesNothing() {
    TwoHosts hosts = new TwoHosts(Kind.PACKET);
    Connection connection = hosts.connect(0, 2);

    List<FinishedFlow> ended =
        hosts.run(hosts.flow(connection, 50_000_000), hosts.flowUntil(connection, 1_000_000L));

    assertThat(ended).extracting(f -> f.flow().id()).containsExactly(1L, 0L);
    assertThat(ended).extracting(FinishedFlow::deliveredBytes).containsExactly(0L, 50_000_000L);
  }

  @Test
  void theFlowBehindOneWhoseTimeWasUpFollowsTheOneBefore() {
    TwoHosts hosts = new TwoHosts(Kind.PACKET);
    Connection connection = hosts.connect(0, 2);

    List<FinishedFlow> ended =
        hosts.run(
            hosts.flow(connection, 50_000_000), hosts.flowUntil(connection, 1_000_000L),
            hosts.flowUntil(connection, 2_000_000L), hosts.flow(connection, 1_000));

    assertThat(ended).extracting(f -> f.flow().id()).containsExactly(1L, 2L, 0L, 3L);
    assertThat(ended).extracting(FinishedFlow::deliveredBytes)
        .containsExactly(0L, 0L, 50_000_000L, 1_000L);
  }

  @Test
  void connectionsOfOneSenderShareItsCoreAndLinkEvenly() {
    TwoHosts hosts = new TwoHosts(Kind.PACKET);

    List<FinishedFlow> ended =
        hosts.run(
            LongStream.range(0, 4)
                .mapToObj(i -> hosts.flow(hosts.connect(0, 2), 10_000_000))
                .toArray(Flow[]::new));

    double first = TwoHosts.gigabitsPerSecond(ended.getFirst());
    double last = TwoHosts.gigabitsPerSecond(ended.getLast());
    assertThat(first).isCloseTo(last, within(0.1 * last));
  }

  @Test
  void noCpuIsBusierThanTimePasses() {
    TwoHosts hosts = new TwoHosts(Kind.PACKET, slowness(20), Receive.POD_CORE, NETWORK);

    hosts.run(
        hosts.flow(hosts.connect(0, 2), 3_000_000),
        hosts.flow(hosts.connect(0, 1), 3_000_000),
        hosts.flow(hosts.connect(2, 0), 3_000_000));

    for (int host = 0; host < 2; host++) {
      for (int cpu = 0; cpu < 4; cpu++) {
        int h = host;
        int c = cpu;
        long busyPs =
            hosts.report.cpuTimes()
                .stream()
                .filter(t -> t.host() == h && t.cpu() == c)
                .mapToLong(CpuTime::busyPs)
                .sum();
        assertThat(busyPs).isBetween(0L, hosts.simulator.nowPs());
      }
    }
  }

  @Test
  void whatIsUnderWayWhenTheRunEndsIsReported() {
    TwoHosts hosts = new TwoHosts(Kind.PACKET);
    hosts.engine.start(hosts.flow(hosts.connect(0, 2), 100_000_000), () -> {});

    hosts.simulator.runUntil(5_000_000_000L);
    hosts.engine.end();

    assertThat(hosts.report.flows()).hasSize(1);
    assertThat(hosts.report.flows().getFirst().complete()).isFalse();
    assertThat(hosts.report.flows().getFirst().deliveredBytes()).isBetween(1L, 6_250_000L);
  }

  private static HostProfile slowness(double slowness) {
    HostProfile p = HandMade.PROFILE;
    return new HostProfile(
        "slow", slowness, 1, p.coldIdlePs(), p.moderationPs(), p.nicLatencyPs(),
        p.nicBitsPerSecond(), p.mtuBytes(), 0.5, p.hairpinBitsPerSecond(), p.hairpinLatencyPs());
  }
}
