package org.podpath.experiments.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.run.RunExperiment;
import org.podpath.experiments.scenario.Point;
import org.podpath.experiments.scenario.ScenarioReader;

/** The claims that come with Podpath, and how to choose among them. */
class ClaimsTest {
  private static final Path SCENARIOS = Path.of("scenarios");

  @Test
  void everyClaimComparesPointsThatItsExperimentHas() {
    for (Claim claim : Claims.select(Claims.Selection.ALL)) {
      Trial trial = Trial.read(SCENARIOS.resolve(claim.experiment() + ".yaml"), List.of());

      assertThat(trial.faults(claim)).isEmpty();
    }
  }

  @Test
  void everyClaimStandsOnTenSeedsAtLeast() {
    for (Claim claim : Claims.select(Claims.Selection.ALL)) {
      List<Point> points = ScenarioReader
          .read(
              SCENARIOS.resolve(claim.experiment() + ".yaml"), List.of(), RunExperiment.names())
          .points();

      assertThat(points).allMatch(point -> point.scenario().repeat() >= 10);
    }
  }

  /** So that the list, which has one line for each name, shows all. */
  @Test
  void everyClaimHasANameOfItsOwn() {
    assertThat(Claims.list()).hasSameSizeAs(Claims.select(Claims.Selection.ALL));
  }

  /** Six networks by three columns of numbers. */
  @Test
  void tableOneHasEighteenCells() {
    List<Claim> cells = Claims.select(selection("seed-a", 1, "T1.", "fast"))
        .stream()
        .filter(claim -> claim.checks().getFirst() instanceof InBand)
        .toList();

    assertThat(cells).hasSize(18);
  }

  @Test
  void whatIsNotThereIsRefusedWithWhatIs() {
    assertRefused(selection("seed-b", null, null, null),
        "--source seed-b: no claims of it; write one of [seed-a]");
    assertRefused(selection("seed-a", 9, null, null),
        "--table 9: no such claim; write one of [1]");
    assertRefused(selection(null, 1, null, "sloow"),
        "--tag sloow: no such claim; write one of [fast]");
    assertThatThrownBy(() -> Claims.select(selection(null, null, "T9", null)))
        .isInstanceOf(WrongInput.class)
        .hasMessageStartingWith("--id T9: no such claim; write one of [A1.1, A1.2, A2.1, A2.2,");
  }

  private static void assertRefused(Claims.Selection selection, String message) {
    assertThatThrownBy(() -> Claims.select(selection)).isInstanceOf(WrongInput.class)
        .hasMessage(message);
  }

  private static Claims.Selection selection(
      String source, Integer table, String prefix, String tag) {
    return new Claims.Selection(
        Optional.ofNullable(source),
        table == null ? OptionalInt.empty() : OptionalInt.of(table),
        Optional.ofNullable(prefix),
        Optional.ofNullable(tag));
  }
}
