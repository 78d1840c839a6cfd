package org.podpath.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.podpath.engine.TwoHosts;
import org.podpath.engine.TwoHosts.Kind;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.engine.traffic.Connection;

class FlowEngineTest {
  /** Payload that a link of 10 Gb/s takes: 8,898 of 9,042 B. */
  private static final double LINE_RATE = 10 * 8898 / 9042.0;

  /** But for its start: cold cores, a new connection, and once a wait for the window: 16 µs here. */
  @Test
  void aStreamAloneTakesWhatTheClosedFormSays() {
    TwoHosts hosts = new TwoHosts(Kind.FLOW);

    FinishedFlow flow = hosts.run(hosts.flow(hosts.connect(0, 2), 100_000_000)).getFirst();

    assertThat((double) (flow.endPs() - flow.startPs())).isCloseTo(flow.idealPs(), within(16e6));
    assertThat(TwoHosts.gigabitsPerSecond(flow)).isCloseTo(LINE_RATE, within(0.01));
  }

  /** Two streams over one link: half each until the first has moved 50 MB, then the second has it alone. */
  @Test
  void theRestIsFasterWhenAStreamHasEnded() {
    TwoHosts hosts = new TwoHosts(Kind.FLOW);

    List<FinishedFlow> ended =
        hosts.run(
            hosts.flow(hosts.connect(0, 2), 50_000_000),
            hosts.flow(hosts.connect(1, 3), 100_000_000));

    assertThat(TwoHosts.gigabitsPerSecond(ended.get(0))).isCloseTo(LINE_RATE / 2, within(0.02));
    assertThat(TwoHosts.gigabitsPerSecond(ended.get(1))).isCloseTo(LINE_RATE * 2 / 3, within(0.02));
  }

  @Test
  void streamsOfAConnectionGoOneAfterTheOther() {
    TwoHosts hosts = new TwoHosts(Kind.FLOW);
    Connection connection = hosts.connect(0, 2);

    List<FinishedFlow> ended =
        hosts.run(hosts.flow(connection, 10_000_000), hosts.flow(connection, 10_000_000));

    long firstPs = ended.get(0).endPs();
    long secondPs = ended.get(1).endPs() - ended.get(0).endPs();
    assertThat((double) secondPs).isCloseTo(firstPs, within(0.02 * firstPs));
  }

  /**
   * What 8 ms of the link carry, but for the 16 µs of the start, 19.7 kB, and half of a burst of 65,536
   * B that has not been read as a whole.
   */
  @Test
  void theTimeOfAStreamIsUpAlthoughBytesAreLeft() {
    TwoHosts hosts = new TwoHosts(Kind.FLOW);

    FinishedFlow flow =
        hosts.run(hosts.flowUntil(hosts.connect(0, 2), 8_000_000_000L)).getFirst();

    assertThat(flow.endPs()).isEqualTo(8_000_000_000L);
    assertThat(flow.deliveredBytes() / 1e6)
        .isCloseTo(LINE_RATE - 0.0197 - 0.0328, within(0.01));
  }

  /** A message of 64 KiB takes 53 us of the link: the second of two at once ends so much later. */
  @Test
  void messagesWaitForEachOtherOnALink() {
    TwoHosts hosts = new TwoHosts(Kind.FLOW);

    List<FinishedFlow> ended =
        hosts.run(
            hosts.flow(hosts.connect(0, 2), 65_536), hosts.flow(hosts.connect(1, 3), 65_536));

    long betweenPs = ended.get(1).endPs() - ended.get(0).endPs();
    assertThat(betweenPs).isBetween(50_000_000L, 56_000_000L);
  }
}
