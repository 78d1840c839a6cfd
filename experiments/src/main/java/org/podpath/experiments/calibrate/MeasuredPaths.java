package org.podpath.experiments.calibrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.podpath.experiments.scenario.PathSpec;
import org.podpath.experiments.yaml.Faults;
import org.podpath.experiments.yaml.RecordBinder;
import org.podpath.experiments.yaml.YamlNode;
import org.podpath.experiments.yaml.YamlParser;

/**
 * Which path the packets of each measurement took: a YAML file with a list under {@code paths}, each
 * with the values of columns that it is for and a path as in {@code network.path}, where the word
 * {@code entries} stands for the row's {@code rules_or_entries}. The first that fits a row is its path.
 */
final class MeasuredPaths {
  private static final String ENTRIES = "entries";
  private static final String COUNT = "rules_or_entries";
  private static final List<String> COLUMNS = List.of("scenario", "dataplane", COUNT, "block");

  private final List<Entry> entries;

  private MeasuredPaths(List<Entry> entries) {
    this.entries = entries;
  }

  private record Entry(Map<String, String> when, YamlNode path) {
    boolean fits(Measured row) {
      Map<String, String> values =
          Map.of(
              "scenario", row.scenario(), "dataplane", row.dataplane(), COUNT,
              Integer.toString(row.entries()), "block", row.block());
      return when.entrySet().stream().allMatch(e -> e.getValue().equals(values.get(e.getKey())));
    }
  }

  /** What a map of one path holds, for the binder. */
  public record Spelled(PathSpec path) {}

  /**
   * A path, and the tree that it was made of.
   *
   * @param source has it under the key {@code path}
   */
  record Taken(PathSpec path, YamlNode source) {}

  /**
   * The paths in a text.
   *
   * @param name of the file, for faults
   * @throws org.podpath.experiments.WrongInput with everything that is wrong
   */
  static MeasuredPaths parse(String name, String text) {
    Faults faults = new Faults();
    YamlNode root = YamlParser.parseFile(name, text, faults);
    faults.stopIfAny();
    Optional<YamlNode> list =
        root instanceof YamlNode.Mapping mapping
            ? mapping.entry("paths").map(YamlNode.Entry::value)
            : Optional.empty();
    List<Entry> entries = new ArrayList<>();
    if (list.isPresent() && list.get() instanceof YamlNode.Sequence items) {
      items.items().forEach(item -> entry(item, faults).ifPresent(entries::add));
    } else {
      faults.add(root.place(), "no list of paths; write 'paths:' and below it lines such as"
          + " '- {dataplane: veth, path: {same-host: [cross veth]}}'");
    }
    faults.stopIfAny();
    return new MeasuredPaths(entries);
  }

  private static Optional<Entry> entry(YamlNode item, Faults faults) {
    if (!(item instanceof YamlNode.Mapping mapping)
        || mapping.entry("path").isEmpty()) {
      faults.add(item.place(), "no path; write '{dataplane: …, path: {same-host: […]}}'");
      return Optional.empty();
    }
    Map<String, String> when = new java.util.TreeMap<>();
    for (YamlNode.Entry entry : mapping.entries()) {
      if (COLUMNS.contains(entry.key()) && entry.value() instanceof YamlNode.Scalar value) {
        when.put(entry.key(), value.text());
      } else if (!entry.key().equals("path")) {
        faults.add(entry.place(), "unknown key '" + entry.key() + "'; write path and some of "
            + COLUMNS);
      }
    }
    Entry made = new Entry(when, mapping.entry("path").get().value());
    bind(made, 1, faults);
    return Optional.of(made);
  }

  /** The path of {@code row}; empty if none fits. */
  Optional<Taken> of(Measured row) {
    Faults faults = new Faults();
    Optional<Taken> taken =
        entries.stream()
            .filter(entry -> entry.fits(row))
            .findFirst()
            .flatMap(entry -> bind(entry, row.entries(), faults));
    faults.stopIfAny();
    return taken;
  }

  private static Optional<Taken> bind(Entry entry, int count, Faults faults) {
    YamlNode path = with(entry.path, count);
    YamlNode.Mapping source =
        new YamlNode.Mapping(
            path.place(), List.of(new YamlNode.Entry(path.place(), "path", path)));
    return new RecordBinder(Map.of(), faults).bind(source, Spelled.class)
        .map(spelled -> new Taken(spelled.path(), source));
  }

  /** The tree with {@code count} wherever it says {@code entries}. */
  private static YamlNode with(YamlNode node, int count) {
    return switch (node) {
      case YamlNode.Scalar scalar -> scalar.plain() && scalar.text().equals(ENTRIES)
          ? new YamlNode.Scalar(scalar.place(), Integer.toString(count), true)
          : scalar;
      case YamlNode.Sequence list -> new YamlNode.Sequence(
          list.place(), list.items().stream().map(item -> with(item, count)).toList());
      case YamlNode.Mapping map -> new YamlNode.Mapping(
          map.place(),
          map.entries()
              .stream()
              .map(e -> new YamlNode.Entry(e.place(), e.key(), with(e.value(), count)))
              .toList());
    };
  }
}
