package org.podpath.experiments.claims;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.podpath.experiments.Explain;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.run.RunExperiment;
import org.podpath.experiments.yaml.Faults;
import org.podpath.experiments.yaml.InvalidParameters;
import org.podpath.experiments.yaml.Range;
import org.podpath.experiments.yaml.RecordBinder;
import org.podpath.experiments.yaml.YamlParser;

/** The claims of one source. */
@Explain("The claims of one source.")
public record ClaimFile(@Explain("Its claims.") @Range(least = 1) List<Claim> claims) {

  /**
   * Claims that can be told apart.
   *
   * @throws InvalidParameters if two have the same name
   */
  public ClaimFile {
    claims = List.copyOf(claims);
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < claims.size(); i++) {
      if (!ids.add(claims.get(i).id())) {
        throw new InvalidParameters(
            "claims." + i + ".id", "'" + claims.get(i).id() + "' is taken; write another name");
      }
    }
  }

  /** The claims of {@code source} that come with Podpath. */
  static ClaimFile ofSource(String source) {
    String file = source + ".yaml";
    try (InputStream stream = ClaimFile.class.getResourceAsStream(file)) {
      return of(file, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * The claims that {@code text} holds.
   *
   * @param file as faults name it
   * @throws WrongInput with every fault found
   */
  static ClaimFile of(String file, String text) {
    Faults faults = new Faults();
    RecordBinder binder =
        new RecordBinder(Map.of("profile", RunExperiment.names().profiles()), faults);
    ClaimFile claims =
        binder.bind(YamlParser.parseFile(file, text, faults), ClaimFile.class).orElse(null);
    faults.stopIfAny();
    return claims;
  }
}
