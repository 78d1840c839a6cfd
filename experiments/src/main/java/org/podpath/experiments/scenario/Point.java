package org.podpath.experiments.scenario;

import java.nio.file.Path;
import java.util.Map;
import org.podpath.experiments.yaml.Place;
import org.podpath.experiments.yaml.YamlNode;
import org.podpath.experiments.yaml.YamlPath;

/**
 * One combination of the values of a sweep.
 *
 * @param index from 0, the first axis changing slowest
 * @param params the value of each axis as written, or the name of its point, by axis in order
 * @param scenario what to run
 * @param source the tree that the scenario was made of
 */
public record Point(int index, Map<String, String> params, Scenario scenario, YamlNode source) {

  /**
   * Where a parameter of this point is written, to open the line of a fault found later.
   *
   * @param path such as {@code network.encapsulation}
   */
  public Place where(String path) {
    return YamlPath.of(path).placeIn(source);
  }

  /** A file that the scenario names, which lies beside it. */
  public Path beside(String name) {
    return Path.of(source.place().source()).resolveSibling(name);
  }
}
