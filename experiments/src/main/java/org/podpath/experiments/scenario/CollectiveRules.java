package org.podpath.experiments.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.podpath.experiments.yaml.InvalidParameters.Problem;
import org.podpath.experiments.yaml.YamlPath;

/** What must hold for ranks that add up, whatever they do besides. */
final class CollectiveRules {

  private CollectiveRules() {}

  /** What does not go together, at the keys {@code ranks} and {@code servers}. */
  static List<Problem> problems(int ranks, OptionalInt servers, Collective collective) {
    List<Problem> problems = new ArrayList<>();
    if (ranks < 2) {
      problems.add(
          new Problem(
              YamlPath.of("ranks"), "a rank alone has nobody to share with; write at least 2"));
    }
    if (servers.isPresent() && collective != Collective.PARAMETER_SERVER) {
      problems.add(
          new Problem(
              YamlPath.of("servers"),
              "only parameter-server has servers; write parameter-server, or drop them"));
    }
    return problems;
  }
}
