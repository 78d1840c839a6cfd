package org.podpath.experiments.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.InvalidParameters;
import org.podpath.experiments.yaml.InvalidParameters.Problem;
import org.podpath.experiments.yaml.Itself;
import org.podpath.experiments.yaml.YamlPath;

/** A network of one's own, step by step. */
@Explain("A network of one's own: the steps of a packet from a pod to the wire (send), from the wire"
    + " to a pod (receive) and between two pods of a host (same-host).")
public record PathSpec(
    @Explain("Steps by way: send, receive, same-host; without same-host, packets between pods of a"
        + " host go through the network card.")
    @Itself Map<String, List<PathStep>> ways) {
  private static final String SEND = "send";
  private static final String RECEIVE = "receive";
  private static final String SAME_HOST = "same-host";
  private static final List<String> WAYS = List.of(SEND, RECEIVE, SAME_HOST);

  /**
   * Ways that a packet can take.
   *
   * @throws InvalidParameters with every way that is none, or that is missing
   */
  public PathSpec {
    List<Problem> problems = new ArrayList<>();
    for (String way : ways.keySet()) {
      if (!WAYS.contains(way)) {
        problems.add(
            new Problem(YamlPath.of(way.isBlank() ? "path" : way),
                "unknown way '" + way + "'; write one of " + WAYS));
      }
    }
    if (ways.containsKey(SEND) != ways.containsKey(RECEIVE)) {
      String written = ways.containsKey(SEND) ? SEND : RECEIVE;
      problems.add(
          new Problem(YamlPath.of(written), "only one of send and receive; write both, or same-host"
              + " alone for pods of one host"));
    }
    if (problems.isEmpty() && ways.isEmpty()) {
      throw new IllegalArgumentException("path without a way; write some of " + WAYS);
    }
    if (!problems.isEmpty()) {
      throw new InvalidParameters(problems);
    }
  }

  /** Whether pods of different hosts can talk. */
  public boolean leavesTheHost() {
    return ways.containsKey(SEND);
  }

  /** From a pod to the wire; none if packets cannot leave. */
  public List<PathStep> send() {
    return ways.getOrDefault(SEND, List.of());
  }

  /** From the wire to a pod; none if packets cannot leave. */
  public List<PathStep> receive() {
    return ways.getOrDefault(RECEIVE, List.of());
  }

  /** Between two pods of a host; empty: through the network card. */
  public Optional<List<PathStep>> sameHost() {
    return Optional.ofNullable(ways.get(SAME_HOST));
  }
}
