package org.podpath.experiments.claims;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Default;
import org.podpath.experiments.yaml.NameOf;
import org.podpath.experiments.yaml.Range;

/** A published statement, how to check it, and how it fared before. */
@Explain("A published statement, how to check it, and how it fared before.")
public record Claim(
    @Explain("Name of the claim; claims that belong together begin alike.") String id,
    @Explain("Section of the source that makes the statement.") String section,
    @Explain("Table of the source that it is about.")
    @Default("no table") OptionalInt table,
    @Explain("What is claimed, in a few words.") String says,
    @Explain("Name of the scenario that predicts it, without .yaml.") String experiment,
    @Explain("Verdict when it was last looked at; a worse one is a failure.") Verdict recorded,
    @Explain("Groups that it is checked with.") @Default("[]") List<Tag> tags,
    @Explain("Host profiles, beside the scenario's own, on which it is tried too.")
    @Default("[ref]") @NameOf("profile") List<String> otherProfiles,
    @Explain("Comparisons that all have to hold.") @Range(least = 1) List<Check> checks,
    @Explain("How the statement is read, or why it does not hold.")
    @Default("nothing to say") Optional<String> note) {

  public Claim {
    tags = List.copyOf(tags);
    otherProfiles = List.copyOf(otherProfiles);
    checks = List.copyOf(checks);
  }

  /** Every number that the claim compares. */
  List<Statistic> statistics() {
    return checks.stream().flatMap(check -> check.statistics().stream()).toList();
  }

  /** How every comparison of the claim comes out. */
  List<Part> parts(Predictions predictions) {
    return checks.stream().flatMap(check -> check.parts(predictions).stream()).toList();
  }
}
