package org.podpath.experiments.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioReferenceTest {
  private static final Path PAGE = Path.of(System.getProperty("basedir", "."), "SCENARIO.md");

  @Test
  void thePageIsWhatTheRecordsSay() throws IOException {
    String fresh = ScenarioReference.markdown();
    String committed = Files.exists(PAGE) ? Files.readString(PAGE) : "";

    if (!fresh.equals(committed)) {
      Files.writeString(PAGE, fresh);
      fail(PAGE.getFileName() + " was stale and has been written anew; commit it");
    }
  }

  @Test
  void aParameterIsExplainedByItsPathOrTheEndOfIt() {
    String nic = """
        cluster.nic
          Speed of each host's network card and of its link.
          rate, 1Mbps to 8Tbps; default: the profile's
        """;

    assertThat(ScenarioReference.explain("cluster.nic")).contains(nic);
    assertThat(ScenarioReference.explain("nic")).contains(nic);
    assertThat(ScenarioReference.explain("network.nic")).isEmpty();
    assertThat(ScenarioReference.explain("")).isEmpty();
  }

  @Test
  void aPathWithNamesOfTheUserIsExplained() {
    assertThat(ScenarioReference.explain("tenants.blue.jobs.0.stream.flows")).contains("""
        tenants.*.jobs.*.stream.flows
          Connections side by side.
          whole number, 1 to 1000000; default: 1
        """);
  }

  @Test
  void aWordIsExplainedWithItsParameter() {
    assertThat(ScenarioReference.explain("placement").orElseThrow())
        .contains("spread or packed or map; default: spread")
        .contains("  spread: Each pod on the next host, round and round; ");
  }

  @Test
  void aNameInSeveralPlacesIsExplainedAtEach() {
    assertThat(ScenarioReference.explain("duration").orElseThrow())
        .contains("duration\n  Simulated time")
        .contains("tenants.*.jobs.*.stream.duration\n");
  }

  @ParameterizedTest
  @MethodSource("org.podpath.experiments.scenario.ScenarioReference#parameters")
  void everyParameterIsExplained(String parameter) {
    assertThat(ScenarioReference.explain(parameter).orElseThrow())
        .matches("(?s).*\n  [A-Z].*[.]\n  .+; (required|default: .+)\n.*");
  }
}
