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
