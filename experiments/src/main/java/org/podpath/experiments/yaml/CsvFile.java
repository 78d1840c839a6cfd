package org.podpath.experiments.yaml;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.podpath.experiments.WrongInput;

/** A CSV file that a user named: rows below a header, each with its line. */
public final class CsvFile {
  private final Path file;
  private final String kind;
  private final Faults faults;

  /**
   * A file that has not been read.
   *
   * @param kind what the file should be, such as {@code CSV file of costs}
   * @param faults where those of the file are noted
   */
  public CsvFile(Path file, String kind, Faults faults) {
    this.file = file;
    this.kind = kind;
    this.faults = faults;
  }

  /** A row below the header. */
  public record Row(int line, List<String> columns, List<String> fields) {
    public Row {
      columns = List.copyOf(columns);
      fields = List.copyOf(fields);
    }

    /** What stands in {@code column}, without blanks around it; nothing if there is no such column. */
    public String field(String column) {
      int index = columns.indexOf(column);
      return index < 0 ? "" : fields.get(index).strip();
    }
  }

  /**
   * The rows in the order of the file. One with too many fields or too few is a fault, and left out.
   *
   * @param needed columns that the header must have
   * @param all columns that it may have, for the one who left one out
   * @throws WrongInput if the file cannot be read or a column is missing
   */
  public List<Row> rows(List<String> needed, List<String> all) {
    List<Row> rows = new ArrayList<>();
    List<String> header = List.of();
    try (CsvReader<CsvRecord> records =
        CsvReader.builder()
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(TextFile.read(file, kind))) {
      for (CsvRecord row : records) {
        if (header.isEmpty()) {
          header = List.copyOf(row.getFields());
          checkColumns(header, needed, all);
        } else {
          add(row, header, rows);
        }
      }
    } catch (CsvParseException unreadable) {
      throw new WrongInput(file + ": " + unreadable.getMessage() + "; write a CSV file");
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // the text is in memory
    }
    return rows;
  }

  private void checkColumns(List<String> header, List<String> needed, List<String> all) {
    for (String column : needed) {
      if (!header.contains(column)) {
        fault(1, "no column '" + column + "'; write the columns " + all);
      }
    }
    faults.stopIfAny();
  }

  private void add(CsvRecord row, List<String> header, List<Row> rows) {
    int line = Math.toIntExact(row.getStartingLineNumber());
    if (row.getFieldCount() == header.size()) {
      rows.add(new Row(line, header, row.getFields()));
    } else {
      fault(line, row.getFieldCount() + " fields; write " + header.size() + ", as in line 1");
    }
  }

  private void fault(int line, String what) {
    faults.add(new Place(file.toString(), line), what);
  }
}
