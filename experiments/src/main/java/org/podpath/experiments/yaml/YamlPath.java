package org.podpath.experiments.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The way to a value through keys and, in lists, positions from 0: {@code network.rules.policies},
 * {@code tenants.blue.jobs.0.stream.flows}.
 */
public record YamlPath(List<String> elements) {

  public YamlPath {
    elements = List.copyOf(elements);
  }

  /**
   * A path as written, its elements parted by dots.
   *
   * @throws IllegalArgumentException if an element is empty
   */
  public static YamlPath of(String text) {
    List<String> elements = List.of(text.split("\\.", -1));
    if (elements.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a path; write keys with dots between, as in network.cni");
    }
    return new YamlPath(elements);
  }

  /** This path one step further. */
  public YamlPath then(String element) {
    List<String> longer = new ArrayList<>(elements);
    longer.add(element);
    return new YamlPath(longer);
  }

  /** True if this path is the other or leads through it. */
  public boolean isWithin(YamlPath other) {
    return elements.size() >= other.elements.size()
        && elements.subList(0, other.elements.size()).equals(other.elements);
  }

  /** True if setting one of the two would undo the other, or a part of it. */
  public boolean meets(YamlPath other) {
    return isWithin(other) || other.isWithin(this);
  }

  /** The last key, positions in lists left out: the name that a fault gives to the value. */
  public String key() {
    return elements.reversed()
        .stream()
        .filter(element -> !isPosition(element))
        .findFirst()
        .orElse("");
  }

  /** Where the value stands in a tree, or the nearest thing around it that is there. */
  public Place placeIn(YamlNode root) {
    YamlNode node = root;
    Place place = root.place();
    for (String element : elements) {
      Optional<YamlNode> next = step(node, element);
      if (next.isEmpty()) {
        return place;
      }
      node = next.get();
      place = node.place();
    }
    return place;
  }

  /**
   * The tree with another value at the end of this path. Maps that are missing on the way are made;
   * lists have to be there.
   *
   * @param place where the keys that are made stand
   * @throws IllegalArgumentException if the path leads through something that is neither a map nor
   *     a list, or past the end of a list; the message says what to write
   */
  public YamlNode set(YamlNode root, Place place, YamlNode value) {
    return set(Optional.of(root), 0, place, value);
  }

  private YamlNode set(Optional<YamlNode> node, int depth, Place place, YamlNode value) {
    if (depth == elements.size()) {
      return value;
    }
    String element = elements.get(depth);
    Optional<YamlNode> old = node.flatMap(parent -> step(parent, element));
    YamlNode parent = node.orElseGet(() -> new YamlNode.Mapping(place, List.of()));
    return switch (parent) {
      case YamlNode.Mapping mapping ->
          with(mapping, new YamlNode.Entry(place, element, set(old, depth + 1, place, value)));
      case YamlNode.Sequence sequence when old.isPresent() ->
          with(sequence, Integer.parseInt(element), set(old, depth + 1, place, value));
      case YamlNode.Sequence sequence -> throw new IllegalArgumentException(
          "no '" + element + "' in a list of " + sequence.items().size()
              + "; write a position from 0 to " + (sequence.items().size() - 1));
      case YamlNode.Scalar scalar -> throw new IllegalArgumentException(
          "no '" + element + "' in '" + scalar.text() + "'; write a path that ends at '"
              + String.join(".", elements.subList(0, depth)) + "'");
    };
  }

  private static YamlNode with(YamlNode.Mapping mapping, YamlNode.Entry entry) {
    List<YamlNode.Entry> entries = new ArrayList<>(mapping.entries());
    int at = entries.indexOf(mapping.entry(entry.key()).orElse(null));
    if (at < 0) {
      entries.add(entry);
    } else {
      entries.set(at, new YamlNode.Entry(entries.get(at).place(), entry.key(), entry.value()));
    }
    return new YamlNode.Mapping(mapping.place(), entries);
  }

  private static YamlNode with(YamlNode.Sequence sequence, int position, YamlNode value) {
    List<YamlNode> items = new ArrayList<>(sequence.items());
    items.set(position, value);
    return new YamlNode.Sequence(sequence.place(), items);
  }

  private static Optional<YamlNode> step(YamlNode node, String element) {
    return switch (node) {
      case YamlNode.Mapping mapping -> mapping.entry(element).map(YamlNode.Entry::value);
      case YamlNode.Sequence sequence when isPosition(element)
          && Integer.parseInt(element) < sequence.items().size() ->
          Optional.of(sequence.items().get(Integer.parseInt(element)));
      case YamlNode.Sequence sequence -> Optional.empty();
      case YamlNode.Scalar scalar -> Optional.empty();
    };
  }

  private static boolean isPosition(String element) {
    return element.matches("[0-9]{1,6}");
  }

  /** The elements with dots between. */
  @Override
  public String toString() {
    return String.join(".", elements);
  }
}
