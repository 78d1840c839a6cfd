package org.podpath.experiments.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.datapath.Network;
import org.podpath.experiments.yaml.InvalidParameters;
import org.podpath.experiments.yaml.InvalidParameters.Problem;
import org.podpath.experiments.yaml.Nearest;
import org.podpath.experiments.yaml.YamlPath;

/** The links that somebody listens on. */
final class CapturedLinks {
  private static final int MOST_NAMES = 20;

  private CapturedLinks() {}

  /**
   * The links that a scenario names, in its order, or every one.
   *
   * @throws InvalidParameters with every name that no link has
   */
  static List<Link> of(
      Optional<List<String>> names, Cluster cluster, Network network) {
    List<Link> all = all(cluster, network);
    return names.map(wanted -> named(wanted, all)).orElse(all);
  }

  /** With the network cards' embedded switches where packets of one host turn round there. */
  private static List<Link> all(Cluster cluster, Network network) {
    List<Link> all = new ArrayList<>(cluster.topology().links());
    if (network.cni().sameHost().isEmpty()) {
      cluster.topology().hosts().forEach(host -> all.add(host.hairpin()));
    }
    return all;
  }

  private static List<Link> named(List<String> names, List<Link> all) {
    List<Link> links = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      Optional<Link> link = all.stream().filter(l -> l.name().equals(name)).findFirst();
      link.ifPresent(links::add);
      if (link.isEmpty()) {
        problems.add(new Problem(YamlPath.of("capture.links").then("" + i), unknown(name, all)));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidParameters(problems);
    }
    return links;
  }

  private static String unknown(String name, List<Link> all) {
    List<String> known = all.stream().map(Link::name).toList();
    String hint = Nearest.to(name, known).map(near -> "'" + near + "', or ").orElse("");
    String some =
        known.size() <= MOST_NAMES
            ? known.toString()
            : "[" + String.join(", ", known.subList(0, MOST_NAMES)) + ", …]";
    return "no link '" + name + "'; write " + hint + "one of " + some;
  }
}
