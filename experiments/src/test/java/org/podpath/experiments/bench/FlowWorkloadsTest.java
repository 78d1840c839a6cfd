package org.podpath.experiments.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.engine.flow.Rounds;

class FlowWorkloadsTest {
  /** To 1e-6: {@code flows random 4 12 optim:Full} of SimGrid 3.32 writes these times. */
  @Test
  void randomFlowsEndWhenTheyDoInSimGrid() {
    RandomFlows flows = new RandomFlows(4, 12, false);

    flows.run();

    double[] simGridSeconds = {
        0.00728912629333333, 0.00343986248, 0.01389450896, 0.0109778484,
        0.01129512408, 0.00142288816, 0.00645610752, 0.00160956392,
        0.01067347888, 0.00020970736, 0.0032648624, 0.00227338053333333};
    for (int flow = 0; flow < simGridSeconds.length; flow++) {
      assertThat(flows.endPs(flow) / 1e12)
          .isCloseTo(simGridSeconds[flow], within(1e-6 * simGridSeconds[flow]));
    }
  }

  /** Fixed for good: another machine must give the same times. */
  @Test
  void theChecksumsAreTheSameOnEveryMachine() {
    assertThat(new RandomFlows(4, 200, false).run().checksum()).isEqualTo(-9103446118907077140L);
    assertThat(new RandomFlows(4, 200, true).run().checksum()).isEqualTo(7444746612171429885L);
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 64})
  void aRingTakesItsClosedForm(int ranks) {
    Rounds rounds = Rings.onSwitch(ranks, false).play();

    double seconds = Rings.closedFormSeconds(ranks);
    assertThat(rounds.endPs(0) / 1e12).isCloseTo(seconds, within(1e-9 * seconds));
  }

  /** 32 hosts of 8 GPUs: 256 GPUs. Each does what the others of its phase do. */
  @Test
  void hostsThatAreAlikeAreFoldedToTheSameTimes() {
    Work folded = Rings.over(new HostRings(32), true).run();
    Work apart = Rings.over(new HostRings(32), false).run();

    assertThat(folded.checksum()).isEqualTo(apart.checksum());
    assertThat(folded.flows()).isEqualTo(apart.flows());
    assertThat(folded.variables()).isEqualTo(OptionalLong.of(3));
  }

  @Test
  void unevenHostsAreFoldedToTheSameTimes() {
    Work folded = Rings.over(new HostRings(64).disturbed(), true).run();
    Work apart = Rings.over(new HostRings(64).disturbed(), false).run();

    assertThat(folded.checksum()).isEqualTo(apart.checksum());
    assertThat(folded.variables().getAsLong()).isLessThan(apart.variables().getAsLong() / 5);
  }
}
