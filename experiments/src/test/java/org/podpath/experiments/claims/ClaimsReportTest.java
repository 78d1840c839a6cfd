package org.podpath.experiments.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.podpath.experiments.run.Metric;

/** What {@code podpath claims} prints. */
class ClaimsReportTest {
  private static final Part HOLDS = new Part("3.0 > 2.0 us", "a > b", true);
  private static final Part DOES_NOT = new Part("2.0 > 1.0 us", "b < c", false);
  private static final List<Judgement> JUDGEMENTS = List.of(
      new Judgement(claim("X.1", "one part"), List.of(HOLDS), Map.of("ref", Verdict.CONTRADICTED)),
      new Judgement(claim("X.2", "two parts"), List.of(HOLDS, DOES_NOT), Map.of()),
      new Judgement(claim("X.3", "wrong"), List.of(DOES_NOT), Map.of("ref", Verdict.REPRODUCED)));

  @Test
  void aClaimIsARowAndSoIsEachOfSeveralParts() {
    StringBuilder report = new StringBuilder();

    ClaimsReport.print(JUDGEMENTS, false, report);

    assertThat(report).hasToString("""
        claim  what       predicted     published  verdict       also on ref
        X.1    one part   3.0 > 2.0 us  a > b      reproduced    not
        X.2    two parts  1 of 2                   partly
                 a > b    3.0 > 2.0 us               holds
                 b < c    2.0 > 1.0 us               does not
        X.3    wrong      2.0 > 1.0 us  b < c      contradicted  holds
        X.2 (section 2): as one reads it
        X.3 (section 2): as one reads it
        X.3: contradicted now, partly before
        1 reproduced, 1 partly, 1 contradicted
        """);
  }

  @Test
  void everyNoteIsPrintedIfAskedFor() {
    StringBuilder report = new StringBuilder();

    ClaimsReport.print(JUDGEMENTS, true, report);

    assertThat(report.toString().lines().filter(line -> line.endsWith("as one reads it")))
        .containsExactly(
            "X.1 (section 2): as one reads it",
            "X.2 (section 2): as one reads it",
            "X.3 (section 2): as one reads it");
  }

  private static Claim claim(String id, String says) {
    return new Claim(
        id,
        "2",
        OptionalInt.empty(),
        says,
        "small",
        Verdict.PARTLY,
        List.of(),
        List.of("ref"),
        List.of(new InBand(Metric.TRANSACTION, Given.at("a"))),
        Optional.of("as one reads it"));
  }
}
