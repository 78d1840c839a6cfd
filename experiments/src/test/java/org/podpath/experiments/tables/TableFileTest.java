package org.podpath.experiments.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.podpath.experiments.Explain;

class TableFileTest {
  /** A column of each kind, and of each kind that may be null. */
  record Sample(
      @Explain("a") long runId, @Explain("b") int small, @Explain("c") double real,
      @Explain("d") boolean yes, @Explain("e") String text, @Explain("f") Map<String, String> map,
      @Explain("g") Long longOrNull, @Explain("h") Integer intOrNull,
      @Explain("i") Double doubleOrNull, @Explain("j") Boolean booleanOrNull,
      @Explain("k") @Nullable String textOrNull, @Explain("l") @Nullable byte[] bytesOrNull,
      @Explain("m") @Nullable long longOrNegative, @Explain("n") @Nullable int intOrNegative) {}

  private static final Sample FULL = new Sample(
      Long.MAX_VALUE, Integer.MIN_VALUE, 0.1, true, "für 'alle'",
      new TreeMap<>(Map.of("b", "2", "a", "1")), Long.MIN_VALUE, 5, -0.25, false, "here",
      new byte[] {1, 0, -1}, 0, Integer.MAX_VALUE);
  private static final Sample EMPTY = new Sample(
      1, 2, 3, false, "", Map.of(), null, null, null, null, null, null, -1, Integer.MIN_VALUE);

  @TempDir
  private Path folder;

  @Test
  void everyKindOfValueIsReadBackByDuckDb() throws IOException {
    write(sample(), List.of(FULL, EMPTY));

    String answer = Duck.query(
        folder,
        "SELECT * REPLACE (hex(bytes_or_null) AS bytes_or_null) FROM sample ORDER BY run_id DESC");

    assertThat(cells(answer, 1)).containsExactly(
        "9223372036854775807", "-2147483648", "0.1", "true", "für 'alle'", "{a=1, b=2}",
        "-9223372036854775808", "5", "-0.25", "false", "here", "0100FF",
        "0", "2147483647");
    assertThat(cells(answer, 2)).containsExactly("1", "2", "3", "false", "{}");
  }

  @Test
  void theTypesOfTheColumnsAreTheWidestOfTheirKind() throws IOException {
    write(sample(), List.of());

    String answer = Duck.query(folder, "SELECT column_type FROM (DESCRIBE sample)");

    assertThat(answer.lines().skip(1)).containsExactly(
        "BIGINT", "INTEGER", "DOUBLE", "BOOLEAN", "VARCHAR", "MAP(VARCHAR, VARCHAR)", "BIGINT",
        "INTEGER", "DOUBLE", "BOOLEAN", "VARCHAR", "BLOB", "BIGINT", "INTEGER");
  }

  @Test
  void theMeaningOfEachColumnIsInTheFile() throws IOException {
    write(sample(), List.of(FULL));

    String answer = Duck.query(
        folder,
        "SELECT decode(value) FROM parquet_kv_metadata('" + sample()
            + "') WHERE decode(key) = 'column.boolean_or_null'");

    assertThat(answer.lines().skip(1)).containsExactly("j");
  }

  @Test
  void pagesAreZstandard() throws IOException {
    write(sample(), List.of(FULL));

    String answer = Duck.query(
        folder, "SELECT DISTINCT compression FROM parquet_metadata('" + sample() + "')");

    assertThat(answer.lines().skip(1)).containsExactly("ZSTD");
  }

  @Test
  void aMissingValueIsRefusedWhereOneIsNeeded() {
    Sample missing = new Sample(
        1, 2, 3, false, null, Map.of(), null, null, null, null, null, null, 0, 0);

    assertThatThrownBy(() -> write(sample(), List.of(missing)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("sample.text needs a value, and has none in Sample[runId=1,");
  }

  @Test
  void whatIsNoNumberIsRefusedWithItsRow() {
    FlowRow flow =
        new FlowRow(
            3, 17, "blue", "a", "b", 1000, 0, 5L, 1L, Double.NaN, 1L, 0L, 0L, null, null);
    Sample infinite = new Sample(
        1, 2, Double.POSITIVE_INFINITY, false, "", Map.of(), null, null, null, null, null, null, 0,
        0);

    assertThatThrownBy(() -> {
      try (TableFile rows =
          new TableFile(folder.resolve("f.parquet"), "flows", Table.FLOWS.columns(), Map.of())) {
        rows.write(flow);
      }
    }).hasMessageStartingWith(
        "flows.slowdown_ratio is NaN, no number, in FlowRow[runId=3, flow=17, tenant=blue,");
    assertThatThrownBy(() -> write(sample(), List.of(infinite)))
        .hasMessageStartingWith("sample.real is Infinity, no number, in Sample[runId=1,");
  }

  @Test
  void theSameRowsAreTheSameBytesInEveryProcess() throws Exception {
    Path here = folder.resolve("here.parquet");
    Path there = folder.resolve("there.parquet");

    writeManyRows(here);
    Process process = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
        TableFileTest.class.getName(), there.toString())
            .inheritIO()
            .start();

    assertThat(process.waitFor()).isZero();
    assertThat(there).hasSameBinaryContentAs(here);
  }

  /** What the second process of the test above runs. */
  public static void main(String[] arguments) throws IOException {
    writeManyRows(Path.of(arguments[0]));
  }

  /** Enough rows for several pages, some columns with few values and some with many. */
  private static void writeManyRows(Path file) throws IOException {
    Random random = new Random(7);
    List<Column> columns = Table.FLOWS.columns();
    Map<String, String> metadata = Map.of("one", "1", "two", "2", "three", "3");
    try (TableFile rows = new TableFile(file, "flows", columns, metadata)) {
      for (int flow = 0; flow < 50_000; flow++) {
        rows.write(
            new FlowRow(
                flow / 100, flow, "tenant" + flow % 3, "a", "b", random.nextLong(1 << 30), flow,
                flow % 7 == 0 ? null : random.nextLong(1 << 20), 1L, random.nextDouble(), 1L, 0L,
                0L, null, null));
      }
    }
  }

  private Path sample() {
    return folder.resolve("sample").resolve("rows.parquet");
  }

  private static void write(Path file, List<Sample> samples) throws IOException {
    Files.createDirectories(file.getParent());
    try (TableFile rows = new TableFile(file, "sample", Column.of(Sample.class), Map.of())) {
      for (Sample sample : samples) {
        rows.write(sample);
      }
    }
  }

  private static List<String> cells(String answer, int line) {
    return List.of(answer.lines().toList().get(line).strip().split("\\s{2,}"));
  }
}
