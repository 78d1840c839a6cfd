package org.podpath.experiments.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.podpath.experiments.WrongInput;

/** Claims are data, read as strictly as a scenario. */
class ClaimFileTest {
  private static final String GOOD = """
      claims:
        - id: X.1
          section: "2"
          says: a is fast
          experiment: small
          recorded: partly
          checks: [in-band: {metric: throughput, at: {cni: cilium}}]
      """;

  @Test
  void whatIsNotWrittenHasADefault() {
    Claim claim = ClaimFile.of("x.yaml", GOOD).claims().getFirst();

    assertThat(claim.table()).isEmpty();
    assertThat(claim.note()).isEmpty();
    assertThat(claim.tags()).isEmpty();
    assertThat(claim.otherProfiles()).containsExactly("ref");
    assertThat(claim.recorded()).isEqualTo(Verdict.PARTLY);
  }

  @Test
  void anUnknownWordOrKindIsRefusedWithWhatThereIs() {
    String text = GOOD.replace("partly", "true").replace("in-band", "in-bend");

    assertThat(faults(text))
        .containsExactly(
            "x.yaml:6: recorded: 'true' is not known; write one of"
                + " [reproduced, partly, contradicted]",
            "x.yaml:7: unknown key 'in-bend' (all-pairs-reduced, classes, in-band, linear, ordered,"
                + " ratio-at-least); write 'in-band'");
  }

  @Test
  void aProfileHasToExist() {
    String text = GOOD + "    other-profiles: [reff]\n";

    assertThat(faults(text))
        .containsExactly(
            "x.yaml:8: other-profiles: unknown profile 'reff'; write 'ref', or one of"
                + " [seed10g, ref, linux618, warm, warm20]");
  }

  @Test
  void twoClaimsOfTheSameNameAreRefused() {
    String entry = GOOD.substring(GOOD.indexOf("  - id"));

    assertThat(faults(GOOD + entry))
        .containsExactly("x.yaml:8: id: 'X.1' is taken; write another name");
  }

  @Test
  void anOrderThatCannotBeReadHasItsLine() {
    String check = "ordered: {metric: cpu, at: {}, along: cni, order: cilium sriov}";
    String text = GOOD.replaceFirst("in-band: \\{.*\\}\\}", check);

    assertThat(faults(text))
        .containsExactly(
            "x.yaml:7: order: 'cilium sriov' is none; write values with one of > >= < <="
                + " between two");
  }

  private static List<String> faults(String text) {
    return catchThrowableOfType(WrongInput.class, () -> ClaimFile.of("x.yaml", text)).lines();
  }
}
