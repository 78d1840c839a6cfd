package org.podpath.experiments.timeline;

/** Text as JSON writes it (RFC 8259, section 7). */
final class Json {
  private Json() {}

  /** Appends {@code text} in quotes. */
  static StringBuilder text(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '"' || character == '\\') {
        json.append('\\').append(character);
      } else if (character < ' ') {
        json.append(String.format("\\u%04x", (int) character));
      } else {
        json.append(character);
      }
    }
    return json.append('"');
  }
}
