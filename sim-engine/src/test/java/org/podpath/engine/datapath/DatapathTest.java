package org.podpath.engine.datapath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatapathTest {
  @Test
  void headersCountAgainstTheMtuAndTagsDoNot() {
    assertThat(HandMade.send(50, 4).headerBytes()).isEqualTo(50);
    assertThat(HandMade.send(50, 4).tagBytes()).isEqualTo(4);
    assertThat(HandMade.receive(50, 4).headerBytes()).isEqualTo(-50);
    assertThat(HandMade.receive(50, 4).tagBytes()).isEqualTo(-4);
  }

  @Test
  void theWaitForTheInterruptStandsApartFromOtherWaits() {
    assertThat(HandMade.receive(0, 0).delayPs()).isEqualTo(1_000_000);
    assertThat(HandMade.receive(0, 0).moderationPs()).isEqualTo(11_000_000);
  }

  /** What stands between the handover to it and the next. */
  @Test
  void aCoreThatPollsHasAPartOfTheWay() {
    Stage look = new Stage.Delay(Hook.POLL, "wait for a poll", 5_000);
    Stage forward = HandMade.work(Hook.POLL, 90);
    Stage pod = HandMade.work(Hook.NIC, 300);
    Datapath way =
        Datapath.of(
            "wire to pod",
            new Stage.Delay(Hook.NIC, "card", 1_000),
            new Stage.Handoff(Hook.POLL, "poll", CoreRole.POLLING), look, forward,
            new Stage.Handoff(Hook.INTERRUPT, "interrupt", CoreRole.SOFTIRQ), pod,
            new Stage.Handoff(Hook.SOCKET, "wake", CoreRole.APP));

    assertThat(way.isPolled()).isTrue();
    assertThat(way.polled().stages()).containsExactly(look, forward);
    assertThat(way.unpolled().stages())
        .containsExactly(way.stages().getFirst(), pod, way.stages().getLast());
    assertThat(way.pollWaitPs()).isEqualTo(5_000);
    assertThat(way.delayPs()).isEqualTo(1_000);
    assertThat(HandMade.send(0, 0).isPolled()).isFalse();
  }

  @Test
  void aNetworkPollsOnAllOfItsWays() {
    Datapath polled =
        Datapath.of(
            "pod to wire", new Stage.Handoff(Hook.POLL, "poll", CoreRole.POLLING),
            HandMade.work(Hook.POLL, 90));
    Cni cni = new Cni("half", Optional.empty(), polled, HandMade.receive(0, 0));
    Network network = new Network(cni, HandMade.stack(), 1500, 1500);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostPaths.of(network, HandMade.PROFILE))
        .withMessage("'half' polls on its way out, and not on all of its ways");
  }

  @Test
  void oneWayAfterTheOtherIsAWay() {
    Datapath both = HandMade.stack().streamSend().then(HandMade.send(50, 0));

    assertThat(both.name()).isEqualTo("stream to socket, pod to wire");
    assertThat(both.stages()).hasSize(3 + 6);
    assertThat(both.stages().get(3)).isEqualTo(HandMade.send(50, 0).stages().getFirst());
  }

  @Test
  void aCostIsNotNegative() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Cost(-1, 0))
        .withMessage("a cost is not negative: -1 ps, 0 ps/B");
    assertThatIllegalArgumentException().isThrownBy(() -> new Cost(0, -1));
  }

  @Test
  void aWayToTheWireStaysOnOneCore() {
    Datapath handsOver =
        Datapath.of("pod to wire", new Stage.Handoff(Hook.SOCKET, "proxy", CoreRole.APP));
    Cni cni = new Cni("proxied", Optional.empty(), handsOver, HandMade.receive(0, 0));
    Network network = new Network(cni, HandMade.stack(), 1500, 1500);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostPaths.of(network, HandMade.PROFILE))
        .withMessage("'stream to socket, pod to wire' hands over to another core on the way");
  }
}
