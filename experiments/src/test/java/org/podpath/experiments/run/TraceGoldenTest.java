package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens on the cores, in order: a request and its reply, then a short stream, on Cilium. */
class TraceGoldenTest {
  private static final Path GOLDEN =
      Path.of("src/test/resources/org/podpath/experiments/run/trace.txt");
  private static final String SCENARIO = """
      experiment: trace
      duration: 1ms
      cluster: {hosts: 2, cores: 4, profile: seed10g, receive: pod-core}
      network: {cni: cilium}
      placement: {a: host0, b: host1, c: host0, d: host1}
      tenants:
        blue: {jobs: [request-response: {from: a, to: b, bytes: 1KiB, count: 2}]}
        red: {jobs: [stream: {from: c, to: d, bytes: 300kB}]}
      """;

  @TempDir
  private Path folder;

  @Test
  void aRequestAndAStreamHappenInThisOrderAtTheseTimes() throws IOException {
    StringBuilder lines = new StringBuilder();

    RunExperiment.play(
        Scenarios.ofText(folder, SCENARIO),
        1,
        Onlookers.tracing(
            (nowPs, where, what, flow, bytes) -> lines
                .append(TraceFile.line(nowPs, where, what, flow, bytes))
                .append('\n')),
        result -> assertThat(result.status()).isEqualTo(RunResult.OK));

    String golden = Files.exists(GOLDEN) ? Files.readString(GOLDEN, StandardCharsets.UTF_8) : "";
    if (!golden.contentEquals(lines)) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, lines, StandardCharsets.UTF_8);
    }
    assertThat(lines.toString())
        .as("%s has been written anew; a change of it belongs into CHANGELOG.md", GOLDEN)
        .isEqualTo(golden);
  }
}
