package org.podpath.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.podpath.engine.TwoHosts;
import org.podpath.engine.TwoHosts.Kind;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.results.RunReport;
import org.podpath.engine.traffic.Connection;

/** A core that sends to a pod of its host is rarely cold when it also sends to another host. */
class FeedbackTest {

  @Test
  void ratesAreSolvedUntilTheyAgreeWithWhatTheyDecide() {
    assertThat(outsideValidity(Feedback.MOST_TIMES)).isEmpty();
  }

  @Test
  void whatDoesNotComeToRestIsFlagged() {
    assertThat(outsideValidity(1))
        .isEqualTo(
            "rates, and what streams take at these, still changed after 1 times, so quantiles are"
                + " left out");
  }

  private static String outsideValidity(int mostTimes) {
    TwoHosts hosts = new TwoHosts(Kind.FLOW);
    Simulator simulator = new Simulator(1);
    RunReport report = new RunReport();
    FlowEngine engine =
        new FlowEngine(
            simulator, hosts.cluster, hosts.network, report,
            new StreamRates.Solving(true, mostTimes));
    for (Connection way : new Connection[] {hosts.connect(0, 2), hosts.connect(0, 1)}) {
      engine.start(hosts.flow(way, 10_000_000), () -> {});
    }
    simulator.runUntil(Simulator.LONGEST_RUN_PS);
    engine.end();
    return report.outsideValidity().stream().findFirst().orElse("");
  }
}
