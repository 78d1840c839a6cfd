package org.podpath.experiments.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.engine.results.CpuTime;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.experiments.run.JobLog;
import org.podpath.experiments.run.RunExperiment;
import org.podpath.experiments.run.RunResult;
import org.podpath.experiments.scenario.ScenarioReader;

/** Nothing is lost and nothing is worked twice. */
class ConservationTest {
  private static final Path TWO_TENANTS = Path.of("scenarios", "two-tenants.yaml");
  private static final List<RunResult> RESULTS = new ArrayList<>();

  @TempDir
  private Path folder;

  @BeforeAll
  static void playTwoTenantsForHalfASecond() {
    play("duration=500ms");
    play("duration=500ms", "engine=flow", "network.cni=cilium");
  }

  private static void play(String... overrides) {
    RunExperiment.play(
        ScenarioReader.read(TWO_TENANTS, List.of(overrides), RunExperiment.names()), 2,
        RESULTS::add);
  }

  /**
   * Every all-reduce of n ranks moves 2(n−1) times the buffer, servers 2n times: each rank but one
   * has to hand its part of every byte on once, and to get its sum once.
   */
  @ParameterizedTest
  @CsvSource({
      "ring, 7, 12", "halving-doubling, 8, 14", "halving-doubling, 6, 10", "tree, 7, 12",
      "'parameter-server, servers: 3', 5, 10"
  })
  void aTrainingMovesItsGradientsAndNothingElse(String collective, int ranks, int buffers) {
    for (String engine : new String[] {"packet", "flow"}) {
      Played played = Played.first(folder, """
          experiment: bytes
          cluster: {hosts: 8, gpus: 1, nic: 10Gbps}
          network: {cni: cilium}
          tenants: {blue: {jobs: [train: {ranks: %d, bytes: 3000017B, compute: 1ms, steps: 3,
            collective: %s}]}}
          """.formatted(ranks, collective), "engine=" + engine);

      List<FinishedFlow> flows = played.result().report().flows();
      assertThat(flows).allMatch(FinishedFlow::complete);
      assertThat(flows.stream().mapToLong(FinishedFlow::deliveredBytes).sum())
          .isEqualTo(3L * buffers * 3_000_017);
    }
  }

  @Test
  void noCpuIsBusyForLongerThanTheRun() {
    for (RunResult result : RESULTS) {
      TreeMap<String, Long> busyPs = new TreeMap<>();
      for (CpuTime time : result.report().cpuTimes()) {
        busyPs.merge("host" + time.host() + ".cpu" + time.cpu(), time.busyPs(), Long::sum);
      }
      assertThat(result.ok() || result.status().equals(RunResult.OUTSIDE_VALIDITY)).isTrue();
      assertThat(busyPs).isNotEmpty()
          .allSatisfy(
              (cpu, busy) -> assertThat(busy).as(cpu + " of " + result.run().point().params())
                  .isLessThanOrEqualTo(result.simulatedPs()));
    }
  }

  /** Sent = answered + at a server + on the wire, and as many are sent on every network. */
  @Test
  void everyRequestIsAnsweredOrStillOnItsWay() {
    Set<Integer> sent = new TreeSet<>();
    for (RunResult result : RESULTS) {
      JobLog serving = result.jobs().get(1);
      if (result.run().alone().isPresent() && !result.run().alone().get().equals("red/0")) {
        continue;
      }
      List<FinishedFlow> flows =
          result.report()
              .flows()
              .stream()
              .filter(
                  flow -> serving.owns(flow.flow().connection()))
              .toList();
      long requests = flows.stream().filter(flow -> !flow.flow().reverse()).count();
      long reached =
          flows.stream().filter(flow -> !flow.flow().reverse() && flow.complete()).count();
      long replies = flows.stream().filter(flow -> flow.flow().reverse()).count();
      long read = flows.stream().filter(flow -> flow.flow().reverse() && flow.complete()).count();

      assertThat(read).isEqualTo(serving.requests().size());
      assertThat(replies).isBetween(read, reached);
      assertThat(requests).isGreaterThan(reached - 1).isLessThan(read + 200);
      sent.add((int) requests);
    }
    assertThat(sent).hasSize(1);
    assertThat(sent.iterator().next()).isBetween(3_700, 4_300);
  }
}
