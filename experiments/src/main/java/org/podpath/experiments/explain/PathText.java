package org.podpath.experiments.explain;

import java.util.Locale;
import org.podpath.engine.cluster.HostProfile;

/** Path tables for a terminal of 120 columns. */
final class PathText {
  private static final int WIDTH = 120;
  private static final int HOOK = 10;
  private static final int STAGE = 29;
  private static final int CORE = 7;
  private static final int PER = 12;
  private static final int REFERENCE = 9;
  private static final int PROFILE = 10;
  private static final String GAP = "  ";

  private final StringBuilder text = new StringBuilder();
  private final HostProfile profile;

  PathText(HostProfile profile) {
    this.profile = profile;
  }

  /** Adds a line as it is. */
  void line(String line) {
    text.append(line).append('\n');
  }

  /** Adds a table with a line of sums under it. */
  void network(PathTable table) {
    table(table);
    if (table.rows().isEmpty()) {
      line("              " + PathTable.NOTHING);
    }
    sum("in the host's namespace", table.hostPs(), table.hostPs() * profile.coldRatio());
    if (table.firstOfConnectionPs() > 0) {
      sum("first of a connection, on top", table.firstOfConnectionPs(), coldDetourPs(table));
    }
  }

  /** Adds a table. */
  void table(PathTable table) {
    line("");
    line(table.name());
    line(
        columns("hook", "stage", "core", "per", "reference", "on " + profile.name(), "cold"));
    for (PathRow row : table.rows()) {
      row(row);
    }
  }

  private void row(PathRow row) {
    String stage = (row.detour() ? "  " : "") + row.stage();
    if (!row.costs()) {
      line(join(left(row.hook(), HOOK), left(stage, STAGE), row.note()));
      return;
    }
    String line =
        columns(
            row.hook(), stage, row.core(), row.per(), reference(row), onProfile(row, 1),
            onProfile(row, row.hostPath() ? profile.coldRatio() : 1));
    if (line.length() + GAP.length() + row.note().length() <= WIDTH) {
      line(row.note().isEmpty() ? line : join(line, row.note()).substring(GAP.length()));
    } else {
      line(line);
      wrapped(row.note());
    }
  }

  /** Lines of a note, broken between its parts. */
  private void wrapped(String note) {
    String indent = join(left("", HOOK), "    ");
    StringBuilder now = new StringBuilder(indent);
    for (String part : note.split("(?<=, )")) {
      if (now.length() + part.stripTrailing().length() > WIDTH && now.length() > indent.length()) {
        line(now.toString().stripTrailing());
        now = new StringBuilder(indent);
      }
      now.append(part);
    }
    line(now.toString());
  }

  private double coldDetourPs(PathTable table) {
    return table.rows()
        .stream()
        .filter(PathRow::detour)
        .mapToDouble(row -> row.fixedPs() * (row.hostPath() ? profile.coldRatio() : 1))
        .sum();
  }

  private void sum(String name, long referencePs, double coldReferencePs) {
    line(
        columns(
            "", name, "", "", PathTable.ns(referencePs), whole(referencePs, 1),
            whole(coldReferencePs, 1)));
  }

  private static String reference(PathRow row) {
    return both(row, PathTable.ns(row.fixedPs()), row.psPerByte() + " ps/B");
  }

  private String onProfile(PathRow row, double coldRatio) {
    double psPerByte = row.psPerByte() * profile.slownessRatio();
    String bytes = String.format(Locale.ROOT, "%.1f ps/B", psPerByte);
    return both(row, whole(row.fixedPs(), coldRatio), bytes);
  }

  private static String both(PathRow row, String fixed, String bytes) {
    if (row.psPerByte() == 0) {
      return fixed;
    }
    return row.fixedPs() == 0 ? bytes : fixed + " + " + bytes;
  }

  /** Whole nanoseconds on the profile. */
  private String whole(double referencePs, double coldRatio) {
    return Long.toString(Math.round(referencePs * profile.slownessRatio() * coldRatio / 1000));
  }

  private static String columns(
      String hook, String stage, String core, String per, String ref, String warm, String cold) {
    return join(
        left(hook, HOOK), left(stage, STAGE), left(core, CORE), left(per, PER),
        right(ref, REFERENCE),
        right(warm, PROFILE), right(cold, PROFILE));
  }

  private static String join(String... cells) {
    return GAP + String.join(GAP, cells);
  }

  private static String left(String cell, int width) {
    return cell + " ".repeat(Math.max(0, width - cell.length()));
  }

  private static String right(String cell, int width) {
    return " ".repeat(Math.max(0, width - cell.length())) + cell;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
