package org.podpath.experiments.scenario;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.podpath.engine.cluster.Blueprint;
import org.podpath.engine.cluster.Cable;
import org.podpath.engine.cluster.Equipment;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.cluster.Topology;

/** Makes a topology of a file in which {@link TopologyRules} found nothing wrong. */
final class TopologyDrawing {
  private final Blueprint blueprint;
  private final Map<String, Integer> switches = new HashMap<>();
  /** The network card of each host that the next link from it, or to it, belongs to. */
  private final int[] nextUp;
  private final int[] nextDown;

  private TopologyDrawing(List<Host> hosts, int cards) {
    blueprint = new Blueprint(hosts, cards);
    nextUp = new int[hosts.size()];
    nextDown = new int[hosts.size()];
  }

  /** The topology that is drawn in {@code file}. */
  static Topology topology(TopologyFile file, Surroundings surroundings) {
    TopologyDrawing drawing = new TopologyDrawing(surroundings.hosts(), file.cards());
    Equipment usual = surroundings.usual();
    file.switches().forEach((name, node) -> drawing.draw(name, node, usual));
    file.links().forEach(line -> drawing.draw(line, line.cable(usual.edge())));
    return drawing.blueprint.topology();
  }

  private void draw(String name, TopologyFile.Node node, Equipment usual) {
    PortQueues queues = node.ports().map(Ports::queues).orElse(usual.queues());
    long latencyPs = node.latencyPs().orElse(usual.switchLatencyPs());
    switches.put(name, blueprint.addSwitch(name, latencyPs, queues));
  }

  private void draw(TopologyFile.Line line, Cable cable) {
    for (int i = 0; i < line.count(); i++) {
      String mark = line.count() == 1 ? "" : "#" + i;
      draw(line.from(), line.to(), mark, cable);
      if (!line.oneWay()) {
        draw(line.to(), line.from(), mark, cable);
      }
    }
  }

  private void draw(String from, String to, String mark, Cable cable) {
    int begin = node(from, nextUp);
    int end = node(to, nextDown);
    boolean isUp = !switches.containsKey(from) && switches.containsKey(to);
    boolean isDown = switches.containsKey(from) && !switches.containsKey(to);
    String name =
        isUp ? blueprint.name(begin) + ".up"
            : isDown ? blueprint.name(end) + ".down"
            : from + "." + to + mark;
    blueprint.link(name, begin, end, cable);
  }

  private int node(String name, int[] nextCard) {
    OptionalInt host = ScenarioRules.host(name);
    return host.isPresent()
        ? blueprint.card(host.getAsInt(), nextCard[host.getAsInt()]++)
        : switches.getOrDefault(name, -1);
  }
}
