package org.podpath.experiments.scenario;

import java.util.Optional;
import org.podpath.experiments.yaml.Faults;
import org.podpath.experiments.yaml.Place;
import org.podpath.experiments.yaml.YamlNode;
import org.podpath.experiments.yaml.YamlParser;
import org.podpath.experiments.yaml.YamlPath;

/**
 * A value to put into a scenario before it is bound.
 *
 * @param place where the path is written
 */
record Setting(YamlPath path, Place place, YamlNode value) {

  /** A setting whose path is text; empty, and a fault, if that is not a path. */
  static Optional<Setting> of(String path, Place place, YamlNode value, Faults faults) {
    try {
      return Optional.of(new Setting(YamlPath.of(path), place, value));
    } catch (IllegalArgumentException notAPath) {
      faults.add(place, notAPath.getMessage());
      return Optional.empty();
    }
  }

  /** A setting from the command line, {@code path=value}; empty, and a fault, if it is none. */
  static Optional<Setting> ofOption(String text, Faults faults) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      faults.add(new Place("--set " + text, 0), "no value; write --set path=value");
      return Optional.empty();
    }
    String path = text.substring(0, equals).strip();
    String option = "--set " + path;
    YamlNode value = YamlParser.parseOption(option, text.substring(equals + 1), faults);
    return of(path, new Place(option, 0), value, faults);
  }

  /** The tree with this value in it; the same tree, and a fault, if the path leads nowhere. */
  YamlNode in(YamlNode root, Faults faults) {
    try {
      return path.set(root, place, value);
    } catch (IllegalArgumentException leadsNowhere) {
      faults.add(place, leadsNowhere.getMessage());
      return root;
    }
  }
}
