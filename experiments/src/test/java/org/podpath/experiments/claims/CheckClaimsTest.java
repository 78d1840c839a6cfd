package org.podpath.experiments.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.experiments.WrongInput;

/** Claims checked by running their experiments. */
class CheckClaimsTest {

  /** Round trips of Calico's two datapaths are 40 to 60 % apart in the paper, 34 % here. */
  private static final String PAIRS = """
      claims:
        - id: X.1
          section: "2"
          says: all pairs
          experiment: cni-comparison
          recorded: reproduced
          checks:
            - all-pairs-reduced:
                metric: transaction
                at: {case: other-host request}
                along: cni
                from: [flannel, calico-iptables]
                to: [calico-ebpf]
                least-percent: 40
                most-percent: 60
      """;

  /** One pair of datapaths is closer together than the paper says: the rest holds. */
  @ParameterizedTest
  @ValueSource(strings = {"packet", "flow"})
  void allOfTableOneIsReproducedButOnePairOnBothEngines(String engine) {
    List<Claim> claims = Claims.select(
        new Claims.Selection(
            Optional.of("seed-a"), OptionalInt.of(1), Optional.empty(), Optional.empty()));

    CheckClaims.Checked checked = check(claims, engine);

    StringBuilder report = new StringBuilder();
    ClaimsReport.print(checked.judgements(), false, report);
    assertThat(checked.messages()).isEmpty();
    assertThat(checked.isGood()).isTrue();
    assertThat(checked.judgements())
        .filteredOn(judgement -> judgement.verdict() != Verdict.REPRODUCED)
        .extracting(judgement -> judgement.claim().id())
        .containsExactly("A1.1");
    assertThat(checked.judgements())
        .allMatch(judgement -> judgement.verdict() == judgement.claim().recorded());
    assertThat(report.toString()).endsWith("\n23 reproduced, 1 partly, 0 contradicted\n");
  }

  @Test
  void aVerdictWorseThanTheRecordedOneIsAFailureThatTheReportNames() {
    CheckClaims.Checked checked = check(claims(PAIRS), "flow");

    StringBuilder report = new StringBuilder();
    ClaimsReport.print(checked.judgements(), false, report);
    assertThat(checked.isGood()).isFalse();
    assertThat(report.toString().lines().toList()).endsWith(
        "X.1: partly now, reproduced before", "0 reproduced, 1 partly, 0 contradicted");
  }

  @Test
  void aVerdictNoWorseThanTheRecordedOneIsNoFailure() {
    assertThat(check(claims(PAIRS.replace("reproduced", "partly")), "flow").isGood()).isTrue();
    assertThat(check(claims(PAIRS.replace("reproduced", "contradicted")), "flow").isGood())
        .isTrue();
  }

  @Test
  void aPointThatTheExperimentDoesNotHaveIsRefusedBeforeAnythingRuns() {
    String text = PAIRS.replace("to: [calico-ebpf]", "to: [celium]");

    assertThat(faults(text))
        .containsExactly(
            "X.1: {case=other-host request, cni=celium} is at 0 points of cni-comparison; write"
                + " values of [case, cni] that are at one");
  }

  @Test
  void aRangeThatNobodyPublishedIsRefused() {
    String text = PAIRS.substring(0, PAIRS.indexOf("      - all-pairs"))
        + "      - in-band: {metric: cpu, at: {case: other-host stream, cni: cilium}}\n";

    assertThat(faults(text))
        .containsExactly(
            "X.1: no range of cpu is published for {case=other-host stream, cni=cilium}; write"
                + " low and high in published/seed-a-table-1.csv");
  }

  private static List<String> faults(String text) {
    return catchThrowableOfType(WrongInput.class, () -> check(claims(text), "flow")).lines();
  }

  private static List<Claim> claims(String text) {
    return ClaimFile.of("x.yaml", text).claims();
  }

  private static CheckClaims.Checked check(List<Claim> claims, String engine) {
    return CheckClaims.check(
        claims, new CheckClaims.Options(Path.of("scenarios"), Optional.of(engine), null));
  }
}
