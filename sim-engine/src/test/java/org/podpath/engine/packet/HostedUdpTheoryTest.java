package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.podpath.engine.TwoHosts;
import org.podpath.engine.TwoHosts.Kind;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.cluster.Receive;
import org.podpath.engine.datapath.HandMade;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Flow;
import org.podpath.engine.traffic.Pace;
import org.podpath.engine.traffic.Protocol;

/** Datagrams through kernels against what their stages cost. */
class HostedUdpTheoryTest {
  private static final Network NETWORK =
      new Network(HandMade.cni(50, 4), HandMade.stack(), 8950, 9000);
  private static final long END_PS = 100_000_000_000L;
  private int connections;

  /**
   * Call 800, veth 1,000, card 200 ps and 11 ps for each of 500 bytes, 600 times slower: 4.5 µs. The
   * reader needs (100 + 13 · 500) · 600 ps = 3.96 µs, so all of them arrive.
   */
  @Test
  void aFloodGoesAsFastAsTheSendersCore() {
    TwoHosts hosts = new TwoHosts(Kind.PACKET, slowness(600), Receive.RSS, NETWORK);

    FinishedFlow flow = hosts.run(flood(0, 2, 500)).getFirst();

    assertThat(flow.sentBytes() / 500.0).isEqualTo(END_PS / 4_500_000.0, within(2.0));
    assertThat(flow.deliveredBytes()).isBetween(flow.sentBytes() - 20 * 500, flow.sentBytes());
  }

  /**
   * Of 2,000 bytes the sender makes one in (2,000 + 11 · 2,000) · 600 ps = 14.4 µs and the reader, on
   * a core of its own, reads one in (100 + 13 · 2,000) · 600 ps = 15.66 µs. The socket's queue holds
   * 212,992 / (2,000 + 768) = 77 of them; the others are dropped.
   */
  @Test
  void whatTheReaderDoesNotManageIsDroppedAtTheSocket() {
    TwoHosts hosts = new TwoHosts(Kind.PACKET, slowness(600), Receive.RSS, NETWORK);

    FinishedFlow flow = hosts.run(flood(0, 2, 2000)).getFirst();

    assertThat(flow.sentBytes() / 2000.0).isEqualTo(END_PS / 14_400_000.0, within(2.0));
    assertThat(flow.deliveredBytes() / 2000.0).isEqualTo(END_PS / 15_660_000.0, within(80.0));
    String note = String.join("", hosts.report.notes());
    assertThat(note).endsWith(" datagrams found a socket of c full, and were dropped");
    double missing = (flow.sentBytes() - flow.deliveredBytes()) / 2000.0;
    assertThat(Integer.parseInt(note.substring(0, note.indexOf(' '))))
        .isBetween((int) missing - 80, (int) missing);
  }

  /** Fast hosts fill 10 Gb/s; the sender then sleeps while 212,992 bytes wait at its card. */
  @Test
  void aSenderWaitsForItsCard() {
    TwoHosts hosts = new TwoHosts(Kind.PACKET, HandMade.PROFILE, Receive.RSS, NETWORK);

    FinishedFlow flow = hosts.run(flood(0, 2, 8000)).getFirst();

    int wireBytes = 8000 + 28 + 50 + 4 + 38;
    assertThat(TwoHosts.gigabitsPerSecond(flow)).isEqualTo(10 * 8000.0 / wireBytes, within(0.05));
    assertThat(hosts.report.links().getFirst().mostQueuedBytes())
        .isBetween(150_000L, 212_992L + 2 * wireBytes);
  }

  /** Sender: (800 + 600 + 3,000 + 11 · 500) · 600 ps = 5.94 µs; no link is crossed. */
  @Test
  void withinAHostTheSendersCoreDoesAllButTheReading() {
    TwoHosts hosts = new TwoHosts(Kind.PACKET, slowness(600), Receive.RSS, NETWORK);

    FinishedFlow flow = hosts.run(flood(0, 1, 500)).getFirst();

    assertThat(flow.sentBytes() / 500.0).isEqualTo(END_PS / 5_940_000.0, within(2.0));
    assertThat(flow.deliveredBytes()).isBetween(flow.sentBytes() - 20 * 500, flow.sentBytes());
    assertThat(((PacketEngine) hosts.engine).packetHops()).isZero();
  }

  /** Flows of one connection after each other, the first cut: each is told what was read of it. */
  @Test
  void aFlowThatTimeCutsIsFollowedByTheNext() {
    TwoHosts hosts = new TwoHosts(Kind.PACKET, slowness(600), Receive.RSS, NETWORK);
    Connection connection = connect(0, 2);
    Flow second =
        new Flow(
            1, connection, false, 5000, Flow.NEVER_PS, Optional.of(Pace.every(500, 0)), false,
            false);

    var ended = hosts.run(flood(connection, 500), second);

    assertThat(ended).extracting(f -> f.flow().id()).containsExactly(0L, 1L);
    assertThat(ended.get(0).deliveredBytes()).isGreaterThan(10_000_000);
    assertThat(ended.get(1).deliveredBytes()).isEqualTo(5000);
  }

  private Flow flood(int source, int destination, int bytes) {
    return flood(connect(source, destination), bytes);
  }

  private static Flow flood(Connection connection, int bytes) {
    return new Flow(
        0, connection, false, Flow.ENDLESS_BYTES, END_PS, Optional.of(Pace.every(bytes, 0)),
        false, false);
  }

  private Connection connect(int source, int destination) {
    return new Connection(
        connections++, source, destination, Protocol.UDP, 40_000 + connections, 5201);
  }

  private static HostProfile slowness(double slowness) {
    HostProfile p = HandMade.PROFILE;
    return new HostProfile(
        "slow", slowness, 1, p.coldIdlePs(), p.moderationPs(), p.nicLatencyPs(),
        p.nicBitsPerSecond(), p.mtuBytes(), 0.5, p.hairpinBitsPerSecond(), p.hairpinLatencyPs());
  }
}
