package org.podpath.experiments.claims;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.podpath.experiments.tables.TextTable;

/** Says how claims came out: a table, notes, and a last line that counts. */
public final class ClaimsReport {
  private final List<Judgement> judgements;
  private final List<String> profiles;
  private final Appendable out;

  private ClaimsReport(List<Judgement> judgements, Appendable out) {
    this.judgements = judgements;
    this.out = out;
    this.profiles = judgements.stream()
        .flatMap(judgement -> judgement.elsewhere().keySet().stream())
        .distinct()
        .toList();
  }

  /**
   * Writes the report.
   *
   * @param everyNote also of claims that are reproduced
   */
  public static void print(List<Judgement> judgements, boolean everyNote, Appendable out) {
    try {
      new ClaimsReport(judgements, out).print(everyNote);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private void print(boolean everyNote) throws IOException {
    printTable();
    for (Judgement judgement : judgements) {
      Claim claim = judgement.claim();
      if (claim.note().isPresent() && (everyNote || judgement.verdict() != Verdict.REPRODUCED)) {
        out.append(
            claim.id() + " (section " + claim.section() + "): " + claim.note().get() + "\n");
      }
    }
    for (Judgement judgement : judgements) {
      if (judgement.isWorseThanRecorded()) {
        out.append(
            judgement.claim().id() + ": " + judgement.verdict().word() + " now, "
                + judgement.claim().recorded().word() + " before\n");
      }
    }
    out.append(
        Arrays.stream(Verdict.values())
            .map(verdict -> count(verdict) + " " + verdict.word())
            .collect(Collectors.joining(", ")) + "\n");
  }

  private long count(Verdict verdict) {
    return judgements.stream().filter(judgement -> judgement.verdict() == verdict).count();
  }

  private void printTable() throws IOException {
    List<String> names =
        new ArrayList<>(List.of("claim", "what", "predicted", "published", "verdict"));
    profiles.forEach(profile -> names.add("also on " + profile));
    TextTable table = new TextTable(out, names);
    for (Judgement judgement : judgements) {
      addRows(judgement, table);
    }
    table.end();
  }

  /** A claim of one part is a row; one of several is a row and one more for each. */
  private void addRows(Judgement judgement, TextTable table) throws IOException {
    Claim claim = judgement.claim();
    List<Part> parts = judgement.parts();
    Part only = parts.size() == 1 ? parts.getFirst() : null;
    List<Object> cells = new ArrayList<>(List.of(claim.id(), claim.says()));
    cells.add(only == null ? holding(parts) + " of " + parts.size() : only.predicted());
    cells.add(only == null ? "" : only.published());
    cells.add(judgement.verdict().word());
    for (String profile : profiles) {
      Verdict elsewhere = judgement.elsewhere().get(profile);
      cells.add(elsewhere == null ? "" : elsewhere.wordElsewhere());
    }
    table.add(cells.toArray());
    for (Part part : only == null ? parts : List.<Part>of()) {
      Object[] row = new Object[cells.size()];
      row[1] = "  " + part.published();
      row[2] = part.predicted();
      row[4] = part.holds() ? "  holds" : "  does not";
      table.add(row);
    }
  }

  private static long holding(List<Part> parts) {
    return parts.stream().filter(Part::holds).count();
  }
}
