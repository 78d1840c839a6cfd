package org.podpath.experiments.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.podpath.cni.Profiles;

class ProfileReportTest {
  @Test
  void everyProfileHasALine() {
    assertThat(ProfileReport.profiles().lines().toList())
        .hasSize(1 + Profiles.names().size())
        .anyMatch(line -> line.matches("profile +slowness +cold +moderation +nic +mtu"))
        .anyMatch(line -> line.matches("seed10g +2[.]85 +3[.]3 +11us +10Gbps +9000"));
  }

  @Test
  void aProfileIsExplainedByItsNumbersTheirLimitsAndTheirSources() {
    assertThat(ProfileReport.text("seed10g").lines())
        .startsWith("seed10g", "")
        .anyMatch(line -> line.matches("field +value +low +high +source"))
        .anyMatch(line -> line.matches("slowness +2[.]85 +2[.]75 +2[.]85 +calibrated on .*"));
  }

  @ParameterizedTest
  @MethodSource("org.podpath.cni.Profiles#names")
  void everyLineFitsInto120Columns(String profile) {
    assertThat(ProfileReport.text(profile).lines()).allMatch(line -> line.length() <= 120);
  }

  @Test
  void anUnknownProfileIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProfileReport.text("seed11g"))
        .withMessageStartingWith("no host profile 'seed11g'");
  }
}
