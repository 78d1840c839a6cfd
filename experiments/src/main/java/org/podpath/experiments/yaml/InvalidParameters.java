package org.podpath.experiments.yaml;

import java.util.List;

/**
 * Values that do not go together, each with the way to the one to change, seen from the record that
 * was to be made. {@link RecordBinder} turns it into faults with their lines.
 */
public final class InvalidParameters extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * Several at once.
   *
   * @param problems at least one
   */
  public InvalidParameters(List<Problem> problems) {
    super(String.join("\n", problems.stream().map(p -> p.path() + ": " + p.what()).toList()));
    this.problems = List.copyOf(problems);
  }

  /** A single one, in the key of this name. */
  public InvalidParameters(String key, String what) {
    this(List.of(new Problem(YamlPath.of(key), what)));
  }

  /** What is wrong, in the order found. */
  public List<Problem> problems() {
    return problems;
  }

  /**
   * One of them.
   *
   * @param path to the value that is wrong
   * @param what what is wrong; what to write
   */
  public record Problem(YamlPath path, String what) {}
}
