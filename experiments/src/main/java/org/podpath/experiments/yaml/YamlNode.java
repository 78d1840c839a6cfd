package org.podpath.experiments.yaml;

import java.util.List;
import java.util.Optional;

/**
 * A value in a YAML document and where it stands. Immutable, so parts are shared freely: an alias
 * is the very node of its anchor.
 */
public sealed interface YamlNode {

  /** Where the value begins; for a block of lines under a key, the line of the key. */
  Place place();

  /** How many values this is, itself included and every alias counted in full. */
  long size();

  /**
   * A text without parts.
   *
   * @param plain true if no quotes stand around it
   */
  record Scalar(Place place, String text, boolean plain) implements YamlNode {
    @Override
    public long size() {
      return 1;
    }

    /** True for a value left out: nothing, {@code ~} or {@code null}. */
    public boolean isNothing() {
      return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
    }
  }

  /** Values in order. */
  record Sequence(Place place, List<YamlNode> items, long size) implements YamlNode {
    public Sequence {
      items = List.copyOf(items);
    }

    /** A sequence that counts its own size. */
    public Sequence(Place place, List<YamlNode> items) {
      this(place, items, 1 + items.stream().mapToLong(YamlNode::size).sum());
    }
  }

  /** Values by key, in the order written; each key occurs once. */
  record Mapping(Place place, List<Entry> entries, long size) implements YamlNode {
    public Mapping {
      entries = List.copyOf(entries);
    }

    /** A mapping that counts its own size. */
    public Mapping(Place place, List<Entry> entries) {
      this(place, entries, 1 + entries.stream().mapToLong(entry -> entry.value().size()).sum());
    }

    /** The entry of this key. */
    public Optional<Entry> entry(String key) {
      return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }
  }

  /** A key, where it stands, and its value. */
  record Entry(Place place, String key, YamlNode value) {}
}
