package org.podpath.experiments.explain;

/** Path tables in Markdown, with the times of the reference core. */
final class PathMarkdown {
  private final StringBuilder text = new StringBuilder();

  /** Adds a paragraph, a heading or a list as it is. */
  void paragraph(String paragraph) {
    text.append(text.isEmpty() ? "" : "\n").append(paragraph).append('\n');
  }

  /** Adds a table with its sums in bold. */
  void network(PathTable table) {
    table(table);
    if (table.rows().isEmpty()) {
      row("", PathTable.NOTHING, "", "", "", "");
    }
    row("", "**in the host's namespace**", "", "", bold(table.hostPs()), "");
    if (table.firstOfConnectionPs() > 0) {
      String first = bold(table.firstOfConnectionPs());
      row("", "**first of a connection, on top**", "", "", first, "");
    }
  }

  /** Adds a table. */
  void table(PathTable table) {
    paragraph("### " + table.name());
    paragraph("| hook | stage | core | per | ns | |\n|---|---|---|---|--:|---|");
    for (PathRow row : table.rows()) {
      String stage = (row.detour() ? "↳ " : "") + row.stage();
      row(row.hook(), stage, row.core(), row.per(), ns(row), row.note());
    }
  }

  /** Adds a row of cells. */
  void row(String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String ns(PathRow row) {
    if (!row.costs()) {
      return "";
    }
    if (row.psPerByte() == 0) {
      return PathTable.ns(row.fixedPs());
    }
    String each = row.fixedPs() == 0 ? "" : PathTable.ns(row.fixedPs()) + " + ";
    return each + PathTable.ns(row.psPerByte()) + "/B";
  }

  private static String bold(long ps) {
    return "**" + PathTable.ns(ps) + "**";
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
