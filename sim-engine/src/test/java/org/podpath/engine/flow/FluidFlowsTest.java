package org.podpath.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class FluidFlowsTest {
  private static final Use LINK = Use.of(new int[] {0}, new double[] {1});

  private final FluidFlows flows = new FluidFlows(new double[] {1e9}, true);

  /** 1 MB and 2 MB over 1 GB/s: half each, 1 MB after 2 ms; then 1 MB at full rate takes 1 ms. */
  @Test
  void aFlowEndsWhenItsBytesHaveMoved() {
    flows.start(0, LINK, 1e6);
    flows.start(1, LINK, 2e6);
    flows.settle(0);

    assertThat(flows.nextEndPs()).isEqualTo(2_000_000_000L);
    assertThat(flows.endNext()).isOne();
    assertThat(flows.ended(0)).isZero();
    flows.settle(2_000_000_000L);

    assertThat(flows.nextEndPs()).isEqualTo(3_000_000_000L);
    assertThat(flows.leftBytes(1, 2_500_000_000L)).isEqualTo(0.5e6);
  }

  @Test
  void flowsThatEndAtOneInstantEndInOrderOfTheirNumbers() {
    flows.start(7, LINK, 1e6);
    flows.start(3, LINK, 1e6);
    flows.settle(0);

    assertThat(flows.endNext()).isEqualTo(2);

    assertThat(flows.ended(0)).isEqualTo(3);
    assertThat(flows.ended(1)).isEqualTo(7);
    assertThat(flows.nextEndPs()).isEqualTo(FluidFlows.NEVER_PS);
  }

  /** 1 MB at 1 GB/s; after half of it the link has a quarter of its rate: 0.5 ms and 2 ms. */
  @Test
  void aSlowerLinkTakesLonger() {
    flows.start(0, LINK, 1e6);
    flows.settle(0);

    flows.capacity(0, 0.25e9);
    flows.settle(500_000_000L);

    assertThat(flows.nextEndPs()).isEqualTo(2_500_000_000L);
  }

  @Test
  void nothingEndsWhereNothingMoves() {
    assertThat(flows.nextEndPs()).isEqualTo(FluidFlows.NEVER_PS);
  }

  @Test
  void bytesThatAreNoNumberAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> flows.start(4, LINK, Double.NaN))
        .withMessage("flow 4 cannot move NaN bytes; it takes a number from 0");
  }
}
