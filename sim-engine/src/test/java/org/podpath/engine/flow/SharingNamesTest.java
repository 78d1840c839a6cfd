package org.podpath.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.podpath.engine.TwoHosts;
import org.podpath.engine.TwoHosts.Kind;
import org.podpath.engine.kernel.Simulator;

/** Two hosts of 4 CPUs, 4 links, pods a and b on the first host. */
class SharingNamesTest {
  private final TwoHosts hosts = new TwoHosts(Kind.FLOW);
  private final Resources resources = new Resources(hosts.cluster);

  @Test
  void resourcesAreCalledWhatUsersCallThem() {
    assertThat(resources.name(5)).isEqualTo("CPU 1 of host1");
    assertThat(resources.name(resources.firstLink()))
        .isEqualTo("link " + hosts.cluster.topology().links().getFirst().name());
    assertThat(resources.name(resources.firstLink() + 4 + 1)).isEqualTo("link host1.hairpin");
    assertThat(resources.name(resources.firstLink() + 4 + 2 + 1))
        .isEqualTo("the quota of pod 'b'");
    assertThat(resources.name(resources.count() - 1))
        .isEqualTo("the virtual function of pod 'd'");
    assertThat(resources.name(resources.count() - 5)).isEqualTo("the share of a CPU of pod 'd'");
  }

  @Test
  void flowsAreCalledByTheirEnds() {
    assertThat(resources.name(hosts.flow(hosts.connect(0, 2), 1000)))
        .isEqualTo("flow 0 from pod 'a' to pod 'c'");
  }

  @Test
  void aCapacityThatIsNoneIsRefusedByName() {
    StreamRates rates =
        new StreamRates(
            new Simulator(1), resources, stream -> {}, StreamRates.Solving.USUAL);

    assertThatIllegalArgumentException().isThrownBy(() -> rates.limit(5, 0))
        .withMessage("the capacity of CPU 1 of host1 is 0.0, not above 0 and finite");
  }

  @Test
  void aUseThatIsNoneIsRefusedByNames() {
    SharingNames names = new SharingNames() {
      @Override
      public String flow(int number) {
        return "flow 7 from pod 'a' to pod 'c'";
      }

      @Override
      public String resource(int number) {
        return resources.name(number);
      }
    };
    FluidFlows flows = new FluidFlows(resources.capacities(), false, names);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> flows.start(0, Use.of(new int[] {4}, new double[] {Double.NaN}), 1000))
        .withMessage(
            "the use of CPU 0 of host1 by flow 7 from pod 'a' to pod 'c' is NaN, not above 0 and"
                + " finite");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> flows.start(0, Use.of(new int[0], new double[0]), 1000))
        .withMessage("flow 7 from pod 'a' to pod 'c' uses no resource");
  }
}
