package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.capture.Tshark;
import org.podpath.experiments.scenario.Experiment;

/** Captures of whole runs: which files there are, and what Wireshark reads in them. */
class CaptureTest {
  private static final String STREAM = """
      experiment: captured
      cluster: {hosts: 2, profile: ref}
      network: {cni: flannel}
      placement: {a: host0, b: host1}
      tenants: {blue: {jobs: [stream: {from: a, to: b, bytes: 2MB}]}}
      """;
  private static final String BOTH_WAYS_OF_HOST_0 =
      "capture: {links: [host0.up, host0.down], frames: 100000}\n";

  @TempDir
  Path folder;

  @Test
  void aSingleRunHasTheFileThatIsNamed() {
    assertThat(captured(STREAM + "capture: {file: blue.pcapng}\n"))
        .extracting(file -> file.getFileName().toString())
        .containsExactly("blue.pcapng");
  }

  @Test
  void eachOfSeveralRunsHasAFileWithItsNumber() {
    assertThat(captured(STREAM + "repeat: 3\ncapture: {}\n"))
        .extracting(file -> file.getFileName().toString())
        .containsExactly("capture-0.pcapng", "capture-1.pcapng", "capture-2.pcapng");
  }

  @Test
  void withoutTheKeyNothingIsWritten() {
    assertThat(captured(STREAM)).isEmpty();
  }

  @Test
  void theSameRunMakesTheSameBytes() throws IOException {
    String text = STREAM + BOTH_WAYS_OF_HOST_0;
    byte[] first = Files.readAllBytes(captured(text).getFirst());

    assertThat(Files.readAllBytes(captured(text).getFirst())).isEqualTo(first);
  }

  @Test
  void theUserIsToldOfFramesThatAreNotInTheFile() {
    assertThat(messages(STREAM + "capture: {links: [host0.up], frames: 100}\n"))
        .singleElement()
        .asString()
        .startsWith("the capture holds the first 100 of ");
  }

  /** Between two pods of a host packets stay in its kernel. */
  @Test
  void theUserIsToldWhenThereWasNothingToCapture() {
    String text = STREAM.replace("b: host1", "b: host0") + "capture: {}\n";

    assertThat(messages(text)).containsExactly("no frame crossed the captured links");
  }

  @Test
  void everyLinkThatIsNotThereIsAFaultAtItsLine() {
    String text = STREAM + "capture:\n  links:\n    - host0.up\n    - host0.uo\n    - 0\n";
    Experiment experiment = Scenarios.ofText(folder, text);

    assertThat(
        catchThrowableOfType(WrongInput.class, () -> RunExperiment.check(experiment))
            .lines()
            .stream()
            .map(line -> line.replace(folder + "/", "")))
                .containsExactly(
                    "x.yaml:9: links: no link 'host0.uo'; write 'host0.up', or one of [host0.up,"
                        + " host1.up, host0.down, host1.down]",
                    "x.yaml:10: links: no link '0'; write one of [host0.up, host1.up, host0.down,"
                        + " host1.down]");
  }

  /**
   * The pod's stream as Wireshark follows it: 2 MB in order and in full, every checksum good,
   * nothing to warn of. The run ends when the last byte is read, with the last acknowledgements on
   * their way.
   */
  @ParameterizedTest
  @ValueSource(strings = {
      "{cni: flannel}",
      "{cni: calico-iptables, underlay: gre}",
      "{cni: ovn-kubernetes, underlay: vlan}",
      "{cni: cilium, underlay: vxlan}",
      "{cni: sriov}",
      "{cni: none}"})
  void wiresharkFollowsAStream(String network) {
    assumeTrue(Tshark.isThere(), "tshark is not installed");
    String text = STREAM.replace("{cni: flannel}", network) + BOTH_WAYS_OF_HOST_0;
    Tshark said = read(captured(text).getFirst());

    assertThat(said.worries()).isEmpty();
    assertThat(said.different("ip.checksum.status")).containsExactly("1");
    assertThat(said.different("tcp.checksum.status")).containsExactly("1");
    assertThat(said.different("tcp.stream")).containsExactly("0");
    assertThat(said.values("tcp.len").mapToLong(Long::parseLong).sum()).isEqualTo(2_000_000);
    assertThat(said.values("tcp.ack").mapToLong(Long::parseLong).max().orElse(0))
        .isGreaterThan(1_000_000)
        .isLessThanOrEqualTo(2_000_001);
    assertThat(said.count("tcp.analysis.retransmission")).isZero();
  }

  /** 20 kB there and 20 kB back, five times, on one connection. */
  @ParameterizedTest
  @ValueSource(strings = {"{cni: flannel}", "{cni: none}"})
  void wiresharkFollowsADialogue(String network) {
    assumeTrue(Tshark.isThere(), "tshark is not installed");
    String text =
        STREAM.replace("{cni: flannel}", network)
            .replace(
                "stream: {from: a, to: b, bytes: 2MB}",
                "request-response: {from: a, to: b, bytes: 20kB, count: 5}")
            + BOTH_WAYS_OF_HOST_0;
    Tshark said = read(captured(text).getFirst());

    assertThat(said.worries()).isEmpty();
    assertThat(said.different("tcp.stream")).containsExactly("0");
    assertThat(said.values("tcp.len").mapToLong(Long::parseLong).sum()).isEqualTo(2 * 100_000);
    assertThat(said.count("tcp.analysis.retransmission")).isZero();
  }

  private static Tshark read(Path file) {
    return Tshark.reads(
        file, "ip.checksum.status", "tcp.checksum.status", "tcp.stream", "tcp.len", "tcp.ack",
        "tcp.analysis.retransmission");
  }

  /** The files of captures, in order of their names. */
  private List<Path> captured(String text) {
    play(text);
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".pcapng")).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private List<String> messages(String text) {
    return play(text).stream().flatMap(result -> result.message().stream()).toList();
  }

  private List<RunResult> play(String text) {
    List<RunResult> results = new ArrayList<>();
    RunExperiment.play(
        Scenarios.ofText(folder, text),
        2,
        new Onlookers(Optional.empty(), Optional.empty(), Optional.of(folder)),
        results::add);
    assertThat(results).allMatch(RunResult::ok);
    return results;
  }
}
