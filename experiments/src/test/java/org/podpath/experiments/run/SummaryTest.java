package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table that a run prints says which of its numbers come from runs that did not end well. */
class SummaryTest {
  private static final String STREAMS = """
      experiment: short
      cluster: {hosts: 2, profile: ref, mtu: 1500, ports: {ecn: {random: 0}}}
      network: {cni: none}
      placement: spread
      duration: 20ms
      tenants:
        blue: {jobs: [stream: {from: a, to: b, bytes: 1MB}]}
      """;

  @TempDir
  private Path folder;

  @Test
  void runsThatEndAsTheyShouldHaveNoStatus() {
    assertThat(printed(STREAMS)).doesNotContain("status");
  }

  @Test
  void jobsThatTimeCutsAreMarked() {
    String text = STREAMS.replace("bytes: 1MB", "bytes: 1GB");

    assertThat(printed(text)).containsPattern("throughput +[0-9.]+ +Gb/s +unfinished")
        .contains("status: how runs ended that did not end as they should");
  }

  /** Nobody waits for the end of what has none. */
  @Test
  void jobsWithoutAnEndAreNotUnfinished() {
    String text = STREAMS.replace("stream: {from: a, to: b, bytes: 1MB}",
        "serve: {servers: 1, clients: 1, rate: 1000/s, request: 1kB, reply: 1kB, service: 1us}");

    assertThat(printed(text)).contains("cores").doesNotContain("status");
  }

  /** Nothing is left to happen after a sender has given up; more time would not help. */
  @Test
  void stuckRunsAreNotToldToTakeMoreTime() {
    String text = STREAMS.replace("duration: 20ms\n", "").replace("random: 0", "random: 1");

    assertThat(printed(text)).isEqualTo("no job got far enough to be measured\n");
  }

  /** Datagrams are sent though none arrives; the stream beside them cannot end. */
  @Test
  void whatStuckRunsHaveIsMarked() {
    String text =
        STREAMS.replace("duration: 20ms\n", "")
            .replace("random: 0", "random: 1")
            .replace("[stream: {from: a, to: b, bytes: 1MB}]",
                "[{stream: {from: a, to: b, bytes: 1MB}}, {datagrams: {from: a, to: b, size: 1kB,"
                    + " packets: 1000/s, duration: 10ms}}]");

    assertThat(printed(text)).containsPattern("sent .* stuck");
  }

  private String printed(String text) {
    StringBuilder out = new StringBuilder();
    Summary.print(Scenarios.play(Scenarios.ofText(folder, text)), List.of(), out);
    return out.toString();
  }
}
