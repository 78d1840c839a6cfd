package org.podpath.experiments.scenario;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.podpath.experiments.yaml.Faults;
import org.podpath.experiments.yaml.Nearest;
import org.podpath.experiments.yaml.YamlNode;

/**
 * Values from the command line: they replace what the file says, or narrow an axis to one value.
 */
final class Overrides {
  private final List<Setting> settings;
  private final Faults faults;

  Overrides(List<String> texts, Faults faults) {
    this.settings =
        texts.stream().flatMap(text -> Setting.ofOption(text, faults).stream()).toList();
    this.faults = faults;
  }

  /** The tree as it is to be run, its sweep narrowed. */
  YamlNode in(YamlNode root) {
    YamlNode result = root;
    for (Setting setting : settings) {
      Optional<YamlNode.Entry> axis = axis(result, setting.path().toString());
      result =
          axis.isPresent() ? narrowed(result, axis.get(), setting) : setting.in(result, faults);
    }
    return result;
  }

  /** Notes each value that the sweep would replace again. */
  void checkTheyLast(Sweep sweep) {
    for (Setting setting : settings) {
      sweep.undoing(setting)
          .filter(axis -> !axis.name().equals(setting.path().toString()))
          .ifPresent(axis -> faults.add(
              setting.place(), "axis '" + axis.name() + "' of the sweep sets it; write --set "
                  + axis.name() + "=value"));
    }
  }

  private static Optional<YamlNode.Entry> axis(YamlNode root, String name) {
    return root instanceof YamlNode.Mapping mapping
        && mapping.entry(Sweep.KEY)
            .map(YamlNode.Entry::value)
            .orElse(null) instanceof YamlNode.Mapping sweep ? sweep.entry(name) : Optional.empty();
  }

  private YamlNode narrowed(YamlNode root, YamlNode.Entry axis, Setting setting) {
    YamlNode value =
        axis.value() instanceof YamlNode.Mapping points
            ? onlyPoint(points, setting)
            : new YamlNode.Sequence(setting.place(), List.of(setting.value()));
    return withAxis((YamlNode.Mapping) root, new YamlNode.Entry(axis.place(), axis.key(), value));
  }

  private YamlNode onlyPoint(YamlNode.Mapping points, Setting setting) {
    String name = setting.value() instanceof YamlNode.Scalar scalar ? scalar.text() : "";
    Optional<YamlNode.Entry> point = points.entry(name);
    if (point.isEmpty()) {
      List<String> known = points.entries().stream().map(YamlNode.Entry::key).toList();
      String hint = Nearest.to(name, known).map(near -> "'" + near + "', or ").orElse("");
      faults.add(
          setting.place(),
          "no point '" + name + "' on this axis; write " + hint + "one of " + known);
      return points;
    }
    return new YamlNode.Mapping(points.place(), List.of(point.get()));
  }

  /** Axis names hold dots, so the way to one is not a path. */
  private static YamlNode withAxis(YamlNode.Mapping root, YamlNode.Entry axis) {
    return replaced(root, Sweep.KEY, sweep -> replaced((YamlNode.Mapping) sweep, axis.key(),
        old -> axis.value()));
  }

  private static YamlNode replaced(
      YamlNode.Mapping mapping, String key, UnaryOperator<YamlNode> change) {
    return new YamlNode.Mapping(
        mapping.place(),
        mapping.entries()
            .stream()
            .map(entry -> entry.key().equals(key)
                ? new YamlNode.Entry(entry.place(), key, change.apply(entry.value()))
                : entry)
            .toList());
  }
}
