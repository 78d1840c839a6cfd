package org.podpath.experiments.tables;

import java.nio.file.Path;

/** Answers of DuckDB, the second reader of what these tests write, as lines of text. */
final class Duck {
  private Duck() {}

  static String query(Path dataset, String sql) {
    StringBuilder text = new StringBuilder();
    Query.run(dataset, sql, text);
    return text.toString();
  }
}
