package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;

/** One scenario on both engines. */
final class BothEngines {
  private BothEngines() {}

  /**
   * Every value of {@code metric}, and there is one, is the same on both engines.
   *
   * @param tolerance of the flow engine's value
   */
  static void agree(Path folder, String scenario, Metric metric, double tolerance) {
    List<Outcome> packet = Scenarios.outcomes(Scenarios.ofText(folder, scenario, "engine=packet"));
    List<Outcome> flow = Scenarios.outcomes(Scenarios.ofText(folder, scenario, "engine=flow"));
    assertThat(packet).hasSameSizeAs(flow).anyMatch(outcome -> outcome.metric() == metric);
    for (int i = 0; i < packet.size(); i++) {
      if (packet.get(i).metric() == metric) {
        double expected = flow.get(i).median();
        assertThat(packet.get(i).median())
            .as("%s of %s in %s", metric.id(), packet.get(i).params(), scenario)
            .isCloseTo(expected, within(tolerance * expected));
      }
    }
  }
}
