package org.podpath.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.podpath.engine.TwoHosts;
import org.podpath.engine.TwoHosts.Kind;
import org.podpath.engine.cluster.Receive;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.CoreRole;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.HandMade;
import org.podpath.engine.datapath.Hook;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.Stack;
import org.podpath.engine.datapath.Stage;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.engine.traffic.Connection;

/**
 * A window that begins with one segment and doubles in each round trip (RFC 5681 section 3.1), on
 * hosts that cost nothing.
 */
class SlowStartTheoryTest {
  private static final long CARD_PS = 20_000_000;
  private static final long FRAME_PS = 9000 * 800 + 38 * 800; // at 10 Gb/s
  private static final long ANSWER_PS = (52 + 38) * 800;

  /** Two cards, two links of 0.25 us, a switch of 0.5 us. */
  private static final long WIRES_PS = 2 * CARD_PS + 2 * 250_000 + 500_000;

  /** A frame crosses two links one after the other, and so does its answer. */
  private static final long ROUND_TRIP_PS = 2 * FRAME_PS + 2 * ANSWER_PS + 2 * WIRES_PS;

  /**
   * 1, 2, 4 and 8 segments leave the link idle for the rest of a round trip of 98 us; 16 take 116 us
   * and so the link is busy from then on. 100 segments: 15 in 4 round trips, 85 behind each other.
   */
  @ParameterizedTest
  @EnumSource
  void theWindowDoublesInEachRoundTripUntilTheLinkIsFull(Kind kind) {
    TwoHosts hosts = bare(kind);

    FinishedFlow flow = hosts.run(hosts.flow(hosts.connect(0, 2), 100L * 8948)).getFirst();

    double expectedPs = 4 * ROUND_TRIP_PS + 85 * FRAME_PS + FRAME_PS + WIRES_PS;
    assertThat((double) (flow.endPs() - flow.startPs()))
        .isCloseTo(expectedPs, within(0.01 * expectedPs));
  }

  /** What was sent has opened the window: the next stream is as fast as the link. */
  @ParameterizedTest
  @EnumSource
  void aSecondStreamOfTheConnectionFindsTheWindowOpen(Kind kind) {
    TwoHosts hosts = bare(kind);
    Connection connection = hosts.connect(0, 2);
    hosts.run(hosts.flow(connection, 200L * 8948));

    FinishedFlow second = hosts.run(hosts.flow(connection, 100L * 8948)).getLast();

    double expectedPs = 100 * FRAME_PS + FRAME_PS + WIRES_PS;
    assertThat((double) (second.endPs() - second.startPs()))
        .isCloseTo(expectedPs, within(0.02 * expectedPs));
  }

  /** A message of seven segments takes three round trips: 1, 2 and 4. */
  @Test
  void aMessageWaitsForItsWindowToo() {
    TwoHosts flow = bare(Kind.FLOW);
    TwoHosts packet = bare(Kind.PACKET);
    long bytes = 7 * 8948;

    FinishedFlow computed = flow.run(flow.flow(flow.connect(0, 2), bytes)).getFirst();
    FinishedFlow played = packet.run(packet.flow(packet.connect(0, 2), bytes)).getFirst();

    double playedPs = played.endPs() - played.startPs();
    assertThat(playedPs).isGreaterThan(2.0 * ROUND_TRIP_PS);
    assertThat((double) (computed.endPs() - computed.startPs()))
        .isCloseTo(playedPs, within(0.1 * playedPs));
  }

  private static TwoHosts bare(Kind kind) {
    Datapath free = Datapath.of("free");
    Datapath card = Datapath.of("card", new Stage.Delay(Hook.NIC, "card", CARD_PS));
    Datapath read =
        Datapath.of("free", new Stage.Handoff(Hook.SOCKET, "wake the reader", CoreRole.APP));
    Stack stack = new Stack(free, read, free, read, free, free, free, read, 1, 65_536, 52);
    Transport.Tcp oneSegment =
        new Transport.Tcp(Transport.Control.RENO, 1, 1L << 30, 200_000_000_000L);
    Cni cni = new Cni("bare", Optional.empty(), card, card);
    return new TwoHosts(
        kind, HandMade.PROFILE, Receive.POD_CORE, new Network(cni, stack, oneSegment, 9000, 9000));
  }
}
