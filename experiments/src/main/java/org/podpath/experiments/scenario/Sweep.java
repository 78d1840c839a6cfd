package org.podpath.experiments.scenario;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.podpath.experiments.yaml.Faults;
import org.podpath.experiments.yaml.Place;
import org.podpath.experiments.yaml.YamlNode;
import org.podpath.experiments.yaml.YamlPath;
import org.podpath.experiments.yaml.YamlWriter;

/** The axes of a sweep as nodes, before anything is bound, so that each value keeps its line. */
record Sweep(List<Axis> axes) {
  static final String KEY = "sweep";

  private static final int MOST_POINTS = 100_000;

  /**
   * What varies together under one name, and the values it takes.
   *
   * @param named whether its values are points with names, not values of the parameter it is called
   *     by
   */
  record Axis(String name, Place place, boolean named, List<Value> values) {}

  /** One value of an axis: its text or name, and what it puts into the scenario. */
  record Value(String name, List<Setting> settings) {}

  /** One value of every axis. */
  record Combination(Map<String, String> params, List<Setting> settings) {}

  /** The sweep of a scenario; what is wrong with it is among the faults. */
  static Sweep of(YamlNode.Mapping root, Faults faults) {
    Optional<YamlNode.Entry> written = root.entry(KEY);
    if (written.isEmpty()) {
      return new Sweep(List.of());
    }
    if (!(written.get().value() instanceof YamlNode.Mapping mapping)) {
      faults.add(
          written.get().place(), "sweep: not a map; write axes, as in network.cni: [host, cilium]");
      return new Sweep(List.of());
    }
    List<Axis> axes = mapping.entries().stream().map(entry -> axis(entry, faults)).toList();
    Sweep sweep = new Sweep(axes);
    sweep.checkAxesAreApart(faults);
    sweep.checkNumberOfPoints(mapping.place(), faults);
    return sweep;
  }

  /** Every combination of values, the first axis changing slowest; one if there are no axes. */
  List<Combination> combinations() {
    List<Combination> combinations = List.of(new Combination(Map.of(), List.of()));
    for (Axis axis : axes) {
      List<Combination> longer = new ArrayList<>();
      for (Combination combination : combinations) {
        axis.values().forEach(value -> longer.add(with(combination, axis, value)));
      }
      combinations = longer;
    }
    return combinations;
  }

  /** The axis that would undo a setting from the command line, if any. */
  Optional<Axis> undoing(Setting setting) {
    return axes.stream()
        .filter(axis -> settings(axis).stream().anyMatch(s -> setting.path().isWithin(s.path())))
        .findFirst();
  }

  private static Combination with(Combination combination, Axis axis, Value value) {
    Map<String, String> params = new LinkedHashMap<>(combination.params());
    params.put(axis.name(), value.name());
    List<Setting> settings = new ArrayList<>(combination.settings());
    settings.addAll(value.settings());
    return new Combination(params, settings);
  }

  private static Axis axis(YamlNode.Entry entry, Faults faults) {
    List<Value> values =
        switch (entry.value()) {
          case YamlNode.Sequence list -> pathAxis(entry, list, faults);
          case YamlNode.Mapping points -> namedAxis(points, faults);
          case YamlNode.Scalar single -> {
            faults.add(
                single.place(), entry.key() + ": a single value; write a list, as in ["
                    + single.text() + "]");
            yield List.of();
          }
        };
    if (entry.value().size() == 1 && !(entry.value() instanceof YamlNode.Scalar)) {
      faults.add(entry.place(), entry.key() + ": no values; write some or drop the axis");
    }
    return new Axis(
        entry.key(), entry.place(), entry.value() instanceof YamlNode.Mapping, values);
  }

  private static List<Value> pathAxis(
      YamlNode.Entry entry, YamlNode.Sequence list, Faults faults) {
    List<Value> values = new ArrayList<>();
    Set<String> texts = new HashSet<>();
    for (YamlNode item : list.items()) {
      String text = item instanceof YamlNode.Scalar s ? s.text() : YamlWriter.line(item);
      if (!texts.add(text)) {
        faults.add(item.place(), entry.key() + ": repeated value '" + text + "'; write it once");
      }
      setting(entry.key(), entry.place(), item, faults)
          .ifPresent(setting -> values.add(new Value(text, List.of(setting))));
    }
    return values;
  }

  private static List<Value> namedAxis(YamlNode.Mapping points, Faults faults) {
    List<Value> values = new ArrayList<>();
    for (YamlNode.Entry point : points.entries()) {
      if (!(point.value() instanceof YamlNode.Mapping changes)) {
        faults.add(
            point.place(),
            point.key() + ": not a map; write what it changes, as in {network.cni: cilium}");
        continue;
      }
      List<Setting> settings = new ArrayList<>();
      changes.entries()
          .forEach(
              entry -> setting(entry.key(), entry.place(), entry.value(), faults)
                  .ifPresent(settings::add));
      values.add(new Value(point.key(), settings));
    }
    return values;
  }

  private static Optional<Setting> setting(
      String path, Place place, YamlNode value, Faults faults) {
    Optional<Setting> setting = Setting.of(path, place, value, faults);
    String key = setting.map(s -> s.path().elements().get(0)).orElse("");
    if (key.equals(KEY) || key.equals("experiment")) {
      faults.add(place, "'" + path + "' cannot be swept; write another path");
      return Optional.empty();
    }
    return setting;
  }

  /** A point with a name may set again what an axis before it sets: an exception to it. */
  private void checkAxesAreApart(Faults faults) {
    Map<YamlPath, Axis> earlier = new LinkedHashMap<>();
    for (Axis axis : axes) {
      for (Setting setting : settings(axis)) {
        earlier.forEach((path, other) -> {
          if (!axis.named() && setting.path().meets(path)) {
            faults.add(setting.place(), "'" + setting.path() + "' is set by axis '" + other.name()
                + "' too; write it in one of them");
          }
        });
      }
      settings(axis).forEach(setting -> earlier.put(setting.path(), axis));
    }
  }

  private void checkNumberOfPoints(Place place, Faults faults) {
    long points = 1;
    for (Axis axis : axes) {
      points *= axis.values().size();
      if (points > MOST_POINTS) {
        faults.add(place, "sweep: more than " + MOST_POINTS + " points; write fewer values");
        return;
      }
    }
  }

  private static List<Setting> settings(Axis axis) {
    return axis.values().stream().flatMap(value -> value.settings().stream()).toList();
  }
}
