package org.podpath.experiments.scenario;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.podpath.experiments.WrongInput;

/** Scenario files for tests, and what the reader says of them. */
final class Scenarios {
  static final Names KNOWN =
      new Names(List.of("host", "flannel", "cilium"), List.of("ref", "seed10g"));

  /** Five lines; a test adds lines below them, from line 6, or replaces parts. */
  static final String SMALL = """
      experiment: small
      cluster: {hosts: 2}
      network: {cni: cilium}
      tenants:
        blue: {jobs: [{stream: {from: a, to: b, bytes: 1MB}}]}
      """;

  private Scenarios() {}

  static Experiment read(Path folder, String text, String... overrides) {
    Path file = write(folder, "x.yaml", text);
    return ScenarioReader.read(file, List.of(overrides), KNOWN);
  }

  /** The faults of a scenario, without the folder before the name of the file. */
  static List<String> faults(Path folder, String text, String... overrides) {
    return catchThrowableOfType(WrongInput.class, () -> read(folder, text, overrides))
        .lines()
        .stream()
        .map(line -> line.replace(folder + "/", ""))
        .toList();
  }

  static Path write(Path folder, String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
