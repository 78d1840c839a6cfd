package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.podpath.engine.TwoHosts;
import org.podpath.engine.TwoHosts.Kind;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Flow;

class HandshakeTest {

  /**
   * SYN and SYN-ACK go before the first byte: at least two ways of four links in all, each 250 ns of
   * cable, and the switch's 500 ns twice.
   */
  @Test
  void aConnectionIsOpenedBeforeItsFirstByte() {
    long open = took(false, 0, 2);
    long opened = took(true, 0, 2);

    assertThat(opened - open).isGreaterThan(4 * 250_000 + 2 * 500_000);
    assertThat(opened).isLessThan(3 * open);
  }

  /** Within a host nothing crosses a link, but the kernel still has work with it. */
  @Test
  void openingCostsTimeWithinAHostToo() {
    assertThat(took(true, 0, 1)).isGreaterThan(took(false, 0, 1));
  }

  /** One frame of data over two links; SYN, SYN-ACK and the late acknowledgement over two each. */
  @Test
  void openingTakesAFrameEachWay() {
    TwoHosts hosts = new TwoHosts(Kind.PACKET);

    hosts.run(hosts.flow(hosts.connect(0, 2), 100).opening());

    assertThat(((PacketEngine) hosts.engine).packetHops()).isEqualTo(2 + 2 + 2 + 2);
  }

  /** The same connection opened again pays for its first packet again. */
  @Test
  void aConnectionOpenedAgainTakesAsLongAsTheFirstTime() {
    TwoHosts hosts = new TwoHosts(Kind.PACKET);
    Connection connection = hosts.connect(0, 2);
    Flow first = hosts.flow(connection, 100).opening().closing();
    Flow second = hosts.flow(connection, 100).opening().closing();
    long laterPs = 1_000_000_000_000L;

    hosts.engine.start(first, () -> {});
    hosts.simulator.after(laterPs, () -> hosts.engine.start(second, () -> {}));
    hosts.run();

    FinishedFlow one = hosts.report.flows().get(0);
    FinishedFlow two = hosts.report.flows().get(1);
    assertThat(two.endPs() - two.startPs()).isEqualTo(one.endPs() - one.startPs());
  }

  private static long took(boolean opens, int from, int to) {
    TwoHosts hosts = new TwoHosts(Kind.PACKET);
    Flow flow = hosts.flow(hosts.connect(from, to), 100);
    FinishedFlow finished = hosts.run(opens ? flow.opening() : flow).getFirst();
    return finished.endPs() - finished.startPs();
  }
}
