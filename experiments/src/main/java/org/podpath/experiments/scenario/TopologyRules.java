package org.podpath.experiments.scenario;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.podpath.engine.cluster.Host;
import org.podpath.experiments.yaml.Faults;
import org.podpath.experiments.yaml.Nearest;
import org.podpath.experiments.yaml.Place;
import org.podpath.experiments.yaml.YamlNode;
import org.podpath.experiments.yaml.YamlPath;

/** What must hold in a network that a user has drawn. */
final class TopologyRules {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");

  private final TopologyFile file;
  private final YamlNode root;
  private final Surroundings surroundings;
  private final List<Host> hosts;
  private final Faults faults;
  /** Where a pair of names, parted by a blank, was first joined in this order. */
  private final Map<String, Place> firstPlace = new HashMap<>();
  /** Links that leave each host, and that lead to it. */
  private final int[] ups;
  private final int[] downs;

  TopologyRules(TopologyFile file, YamlNode root, Surroundings surroundings, Faults faults) {
    this.file = file;
    this.root = root;
    this.surroundings = surroundings;
    this.faults = faults;
    hosts = surroundings.hosts();
    ups = new int[hosts.size()];
    downs = new int[hosts.size()];
  }

  /** Notes what is wrong. */
  void check() {
    file.switches().forEach(this::checkSwitch);
    for (int i = 0; i < file.links().size(); i++) {
      checkLine(YamlPath.of("links." + i), file.links().get(i));
    }
    hosts.forEach(this::checkCards);
    Set<String> joined = new HashSet<>();
    file.links().forEach(line -> joined.addAll(List.of(line.from(), line.to())));
    for (String name : file.switches().keySet()) {
      if (!joined.contains(name)) {
        wrong(pathOf(name), "no link leads to it; write one, or drop the switch");
      }
    }
  }

  private void checkLine(YamlPath path, TopologyFile.Line line) {
    boolean known = checkEnd(path, "from", line.from()) & checkEnd(path, "to", line.to());
    if (!known || isNewPair(path, line)) {
      host(line.from()).ifPresent(host -> count(path, line, host, ups, downs));
      host(line.to()).ifPresent(host -> count(path, line, host, downs, ups));
    }
    int mtuBytes = line.cable(surroundings.usual().edge()).mtuBytes();
    if (mtuBytes < surroundings.packetBytes()) {
      wrong(path.then("mtu"), mtuBytes + " bytes are too few for packets of "
          + surroundings.packetBytes() + "; write at least that, or a smaller network.pod-mtu into"
          + " the scenario");
    }
  }

  private static YamlPath pathOf(String name) {
    return new YamlPath(List.of("switches", name));
  }

  private void checkSwitch(String name, TopologyFile.Node node) {
    YamlPath path = pathOf(name);
    node.ports()
        .flatMap(ports -> ports.faultOf(surroundings.frameBytes()))
        .ifPresent(
            fault -> wrong(path.then("ports").then(fault.path().key()), fault.what()));
    if (!NAME.matcher(name).matches()) {
      wrong(path, "'" + name + "' is not a name; write letters, digits, '-' and '_', the first a"
          + " letter or digit");
    } else if (ScenarioRules.host(name).isPresent()) {
      wrong(path, "is the name of a host; write another");
    }
  }

  private boolean checkEnd(YamlPath path, String key, String name) {
    if (file.switches().containsKey(name) || host(name).isPresent()) {
      return true;
    }
    List<String> switches = List.copyOf(file.switches().keySet());
    String hint = Nearest.to(name, switches).map(near -> "'" + near + "', or ").orElse("");
    wrong(path.then(key), "no switch and no host '" + name + "'; write " + hint + "one of "
        + ScenarioRules.some(switches) + " or of " + ScenarioRules.hostNames(hosts.size()));
    return false;
  }

  private boolean isNewPair(YamlPath path, TopologyFile.Line line) {
    if (line.from().equals(line.to())) {
      wrong(path.then("to"), "'" + line.to() + "' is the other end too; write another");
      return false;
    }
    Place place = path.placeIn(root);
    Place earlier = firstPlace.putIfAbsent(line.from() + " " + line.to(), place);
    if (!line.oneWay()) {
      Place back = firstPlace.putIfAbsent(line.to() + " " + line.from(), place);
      earlier = earlier == null ? back : earlier;
    }
    if (earlier != null) {
      wrong(path, line.from() + " and " + line.to() + " are joined already at " + earlier
          + "; write it once, with count: … if there are several cables");
    }
    return earlier == null;
  }

  /** Counts the links of a host: those that begin where it stands, and those back. */
  private void count(YamlPath path, TopologyFile.Line line, int host, int[] there, int[] back) {
    there[host] += line.count();
    back[host] += line.oneWay() ? 0 : line.count();
    int links = Math.max(ups[host], downs[host]);
    if (links > file.cards()) {
      wrong(path, hosts.get(host).name() + " has room for " + file.cards()
          + " links and this is number " + links + "; write cards: " + links + ", or fewer links");
    }
  }

  private void checkCards(Host host) {
    int up = ups[host.id()];
    int down = downs[host.id()];
    if (Math.min(up, down) < file.cards()) {
      wrong(YamlPath.of("links"),
          host.name() + (up + down == 0 ? " has none"
              : " has " + up + " from it and " + down
                  + " to it")
              + "; write one each way for each of its network cards (cards: "
              + file.cards() + ")");
    }
  }

  private OptionalInt host(String name) {
    OptionalInt number = ScenarioRules.host(name);
    return number.isPresent() && number.getAsInt() < hosts.size() ? number : OptionalInt.empty();
  }

  private void wrong(YamlPath path, String what) {
    faults.add(path.placeIn(root), path.key() + ": " + what);
  }
}
