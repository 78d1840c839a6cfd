package org.podpath.experiments.yaml;

import java.util.regex.Pattern;

/**
 * Nodes as YAML text, one form for each tree: block style, aliases written out, no comments.
 * Reading the text gives the same tree again.
 */
public final class YamlWriter {
  private static final Pattern NEEDS_NO_QUOTES =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_./%+-]*(?: [A-Za-z0-9_./%+-]+)*");

  private final StringBuilder text = new StringBuilder();

  private YamlWriter() {}

  /** A document, its last line ended. */
  public static String document(YamlNode root) {
    YamlWriter writer = new YamlWriter();
    writer.block(root, 0);
    return writer.text.append('\n').toString();
  }

  /** A value on one line, as in a list of points: {@code 10Gbps}, <code>{hosts: 2}</code>. */
  public static String line(YamlNode node) {
    return switch (node) {
      case YamlNode.Scalar scalar -> scalar(scalar);
      case YamlNode.Sequence sequence ->
          "[" + String.join(", ", sequence.items().stream().map(YamlWriter::line).toList()) + "]";
      case YamlNode.Mapping mapping -> "{"
          + String.join(", ", mapping.entries()
              .stream()
              .map(entry -> quoted(entry.key()) + ": " + line(entry.value()))
              .toList())
          + "}";
    };
  }

  /** Writes what follows a key or a dash: on the same line, or as lines of their own. */
  private void block(YamlNode node, int indent) {
    if (isOnOneLine(node)) {
      text.append(line(node));
      return;
    }
    switch (node) {
      case YamlNode.Scalar scalar -> throw new IllegalStateException("a scalar is on one line");
      case YamlNode.Sequence sequence -> sequence.items().forEach(item -> {
        newLine(indent).append("- ");
        block(item, indent + 2);
      });
      case YamlNode.Mapping mapping -> mapping.entries().forEach(entry -> {
        newLine(indent).append(quoted(entry.key())).append(": ");
        block(entry.value(), indent + 2);
      });
    }
  }

  /** The first key of a map in a list stays on the line of the dash. */
  private StringBuilder newLine(int indent) {
    int end = text.length();
    if (end == 0 || end > 1 && text.charAt(end - 2) == '-' && text.charAt(end - 1) == ' ') {
      return text;
    }
    if (text.charAt(end - 1) == ' ') {
      text.setLength(end - 1);
    }
    return text.append('\n').append(" ".repeat(indent));
  }

  private static boolean isOnOneLine(YamlNode node) {
    return node.size() == 1;
  }

  private static String scalar(YamlNode.Scalar scalar) {
    if (scalar.isNothing()) {
      return "null";
    }
    return scalar.plain() || !scalar.text().equals("null") ? quoted(scalar.text()) : "\"null\"";
  }

  private static String quoted(String word) {
    if (NEEDS_NO_QUOTES.matcher(word).matches()) {
      return word;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : word.toCharArray()) {
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        default -> quoted.append(c < ' ' ? String.format("\\x%02x", (int) c) : String.valueOf(c));
      }
    }
    return quoted.append('"').toString();
  }
}
