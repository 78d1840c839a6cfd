package org.podpath.engine.datapath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {
  /** IP 20, TCP 20, timestamps 12; then Ethernet's 38 with what the network adds. */
  @Test
  void aFrameIsThePodsPacketInTheHeadersOfTheNetworkAndOfEthernet() {
    Network network = new Network(HandMade.cni(50, 4), HandMade.stack(), 8950, 9000);

    assertThat(network.segmentBytes()).isEqualTo(8950 - 52);
    assertThat(network.frameOverheadBytes()).isEqualTo(52 + 50 + 4 + 38);
  }

  @Test
  void aPodMtuThatLeavesNoRoomForTheHeadersIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Network(HandMade.cni(50, 0), HandMade.stack(), 8951, 9000))
        .withMessage(
            "pod MTU 8951 does not fit: the wire takes 9000, hand-made adds 50;"
                + " write at most 8950");
  }

  @Test
  void aTagTakesNothingFromTheMtu() {
    assertThat(new Network(HandMade.cni(0, 4), HandMade.stack(), 9000, 9000).segmentBytes())
        .isEqualTo(9000 - 52);
  }

  @Test
  void aPodMtuBelowWhatEveryHostTakesIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Network(HandMade.cni(0, 0), HandMade.stack(), 575, 9000))
        .withMessage("pod MTU 575 is below 576 (RFC 791); write at least that");
  }

  /**
   * With 52 bytes of headers a super-packet stays below 65,536: 7 segments of 8,948 are 62,636, 45 of
   * 1,448 are 65,160, and 1 of 65,483 is full already.
   */
  @ParameterizedTest
  @CsvSource({"9000, 7", "1500, 45", "65535, 1"})
  void superPacketsHoldAsManySegmentsAsFit(int mtu, int segments) {
    Network network = new Network(HandMade.cni(0, 0), HandMade.stack(), mtu, mtu);

    assertThat(network.joinedSegments()).isEqualTo(segments);
  }
}
