package org.podpath.experiments.bench;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.StringJoiner;

/** A flat JSON object on one line, its members in the order in which they were added. */
final class JsonObject {
  private final StringJoiner members = new StringJoiner(",", "{", "}");

  JsonObject text(String name, String value) {
    members.add(quoted(name) + ":" + quoted(value));
    return this;
  }

  /**
   * Adds a number with so many decimals.
   *
   * @throws NumberFormatException if {@code value} is infinite or not a number
   */
  JsonObject number(String name, double value, int decimals) {
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN);
    members.add(quoted(name) + ":" + rounded.toPlainString());
    return this;
  }

  @Override
  public String toString() {
    return members.toString();
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
