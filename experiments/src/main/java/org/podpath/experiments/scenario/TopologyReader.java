package org.podpath.experiments.scenario;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.podpath.engine.cluster.Topology;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.yaml.Faults;
import org.podpath.experiments.yaml.RecordBinder;
import org.podpath.experiments.yaml.TextFile;
import org.podpath.experiments.yaml.YamlNode;
import org.podpath.experiments.yaml.YamlParser;

/** Reads a network that a user has drawn in a file of its own. */
public final class TopologyReader {
  /** What to write into an empty file. */
  static final String EMPTY =
      "switches, such as {leaf0: {}}, and links, such as [{from: host0, to: leaf0}]";

  private TopologyReader() {}

  /**
   * The network in {@code file}, with the hosts of {@code surroundings} on it.
   *
   * @throws WrongInput with every fault found
   */
  public static Topology read(Path file, Surroundings surroundings) {
    Faults faults = new Faults();
    String text = TextFile.read(file, "topology file");
    YamlNode root = YamlParser.parseFile(file.toString(), text, faults, EMPTY);
    Optional<TopologyFile> drawn =
        new RecordBinder(Map.of(), faults).bind(root, TopologyFile.class);
    drawn.ifPresent(d -> new TopologyRules(d, root, surroundings, faults).check());
    faults.stopIfAny();
    return TopologyDrawing.topology(drawn.orElseThrow(), surroundings);
  }
}
