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
        .withMessage("pod MTU 575 is below 576 (RFC 791)");
  }

  /**
   * GRO joins what waits: 0.65 · min(65536, 8948 · frames), at least one frame. Two frames give
   * 11,632, eight or more 0.65 · 65,536 = 42,598.
   */
  @ParameterizedTest
  @CsvSource({"1, 8948", "2, 11632", "4, 23265", "7, 40713", "8, 42598", "1000, 42598"})
  void receivedSuperPacketsGrowWithTheFramesThatWait(long frames, long bytes) {
    assertThat(HandMade.stack().receivedPacketBytes(8948, frames)).isEqualTo(bytes);
  }
}
