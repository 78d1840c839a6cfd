package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.podpath.engine.TwoHosts;
import org.podpath.engine.TwoHosts.Kind;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.engine.results.LinkUse;
import org.podpath.engine.traffic.Connection;

/** What waits at a network card, and what goes first. */
class QdiscTheoryTest {
  /** Payload that a link of 10 Gb/s takes: 8,898 of 9,042 B. */
  private static final double LINE_RATE = 10 * 8898 / 9042.0;
  /** 65,536 B of it. */
  private static final double SUPER_PACKET_US = 65.536 * 8 / LINE_RATE;
  /** A frame on the link behind the switch. */
  private static final double FRAME_US = 9.042 * 8 / 10;
  private static final int MESSAGES = 350;

  /**
   * A message comes at any moment to a card that is never idle: it waits for what is left of the packet
   * that is being sent, and then at the switch for less than a frame. Half of a super-packet is the mean
   * where all are whole, as the flow engine assumes; once its window is full, a sender sends less at once.
   */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void aMessageWaitsForThePacketThatIsBeingSent(Kind kind) {
    double alonePs = messagePs(kind, false).getMean();

    DescriptiveStatistics beside = messagePs(kind, true);

    double wholeUs = (SUPER_PACKET_US + FRAME_US) / 2;
    assertThat((beside.getMean() - alonePs) / 1e6).as("%s mean", kind)
        .isBetween(kind == Kind.FLOW ? 0.85 * wholeUs : FRAME_US, 1.15 * wholeUs);
    assertThat((beside.getMax() - alonePs) / 1e6).as("%s most", kind)
        .isBetween(2 * FRAME_US, SUPER_PACKET_US + FRAME_US + 1);
  }

  private static DescriptiveStatistics messagePs(Kind kind, boolean besideStream) {
    TwoHosts hosts = new TwoHosts(kind);
    Connection connection = hosts.connect(1, 3);
    for (int i = 0; i < MESSAGES; i++) { // 4.618 super-packets apart
      hosts.simulator.after(5_000_000_000L + i * 246_000_000L, () -> hosts.start(connection, 1));
    }
    List<FinishedFlow> ended =
        besideStream ? hosts.run(hosts.flow(hosts.connect(0, 2), 120_000_000)) : hosts.run();
    DescriptiveStatistics ps = new DescriptiveStatistics();
    for (FinishedFlow flow : ended) {
      if (flow.deliveredBytes() == 1) {
        ps.addValue(flow.endPs() - flow.startPs());
      }
    }
    assertThat(ps.getN()).isEqualTo(MESSAGES);
    return ps;
  }

  /** Acknowledgements pass the windows that wait in their way, so both directions are full. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void streamsBothWaysGoAtLineRate(Kind kind) {
    TwoHosts hosts = new TwoHosts(kind);

    List<FinishedFlow> ended =
        hosts.run(
            hosts.flow(hosts.connect(0, 2), 100_000_000),
            hosts.flow(hosts.connect(3, 1), 100_000_000));

    for (FinishedFlow flow : ended) {
      assertThat(TwoHosts.gigabitsPerSecond(flow)).as("%s", kind)
          .isCloseTo(LINE_RATE, within(0.01 * LINE_RATE));
    }
  }

  /** What of a connection waits goes before its messages, and nothing is sent again. */
  @Test
  void aConnectionStaysInOrder() {
    TwoHosts hosts = new TwoHosts(Kind.PACKET);
    Connection connection = hosts.connect(0, 2);

    List<FinishedFlow> ended =
        hosts.run(hosts.flow(connection, 1_000_000), hosts.flow(connection, 1));

    assertThat(ended).extracting(FinishedFlow::deliveredBytes).containsExactly(1_000_000L, 1L);
    assertThat(ended).allSatisfy(flow -> assertThat(flow.retransmissions()).hasValue(0));
  }

  /** The window of 1.25 MB waits in front of the card, but for 60 to 100 kB on their way. */
  @Test
  void whatWaitsIsReportedOfTheLink() {
    TwoHosts hosts = new TwoHosts(Kind.PACKET);

    hosts.run(hosts.flow(hosts.connect(0, 2), 100_000_000));

    List<Long> most = new ArrayList<>();
    for (LinkUse use : hosts.report.links()) {
      if (use.link().name().equals("host0.up")) {
        most.add(use.mostQueuedBytes());
      }
    }
    assertThat(most).singleElement()
        .satisfies(
            bytes -> assertThat(bytes).isBetween(1_100_000L, 1_270_000L));
  }
}
