package org.podpath.experiments.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A folder of results that is being written: a Parquet file per table, the scenario as run, and
 * views for DuckDB. It appears in its place at {@link #commit()}, whole; without it, closing leaves
 * no trace, and neither does the end of the process by an interrupt. Results that it is to replace
 * stay until then.
 *
 * <p>One thread writes, in the order in which the rows are to stand: run by run. Equal rows make
 * equal files, byte for byte.
 */
public final class Dataset implements AutoCloseable {
  static final String SCENARIO = "scenario.yaml";
  static final String VIEWS = "views.sql";
  private static final String SHARD = "0001-of-0001.parquet";

  private enum State {
    OPEN, COMMITTED, DISCARDED
  }

  /**
   * Where results come from.
   *
   * @param scenarioText the scenario as run, kept as it is
   * @param besides files that the scenario names, by their names in it, kept as they are
   * @param toolVersion the version of Podpath, kept in the metadata of each file
   */
  public record Origin(
      String scenarioText, Map<String, Path> besides, String toolVersion) {}

  private final Path folder;
  private final StagedFolder staged;
  private final Map<Class<?>, TableFile> files = new LinkedHashMap<>();
  private final Thread exitHook = new Thread(this::discardAtExit);
  private State state = State.OPEN;

  private Dataset(Path folder, StagedFolder staged) {
    this.folder = folder;
    this.staged = staged;
  }

  /**
   * Starts a dataset without rows.
   *
   * @param folder where it is to be; parents are made if need be
   * @param force whether results that are there may be replaced; other files never are
   * @throws org.podpath.experiments.WrongInput if the folder holds something, is a file, or cannot
   *     be made
   * @throws UncheckedIOException if it cannot be written, with a message of one line
   */
  public static Dataset create(Path folder, boolean force, Origin origin) {
    Dataset dataset = new Dataset(folder, new StagedFolder(folder, force));
    Runtime.getRuntime().addShutdownHook(dataset.exitHook);
    try {
      dataset.open(origin);
      return dataset;
    } catch (IOException e) {
      dataset.close();
      throw dataset.cannotBeWritten(e);
    }
  }

  private void open(Origin origin) throws IOException {
    Path partial = staged.partial();
    Files.writeString(partial.resolve(SCENARIO), origin.scenarioText());
    for (Map.Entry<String, Path> beside : origin.besides().entrySet()) {
      keep(partial, partial.resolve(beside.getKey()).normalize(), beside.getValue());
    }
    Files.writeString(partial.resolve(VIEWS), Views.relative());
    for (Table table : Table.values()) {
      Path tableFolder = Files.createDirectory(partial.resolve(table.tableName()));
      Map<String, String> metadata =
          Map.of("podpath.version", origin.toolVersion(), "table", table.meaning());
      files.put(
          table.row(),
          new TableFile(
              tableFolder.resolve(SHARD), table.tableName(), table.columns(), metadata));
    }
  }

  /** A file that lies elsewhere than beside or below the scenario stays where it is. */
  private static void keep(Path partial, Path kept, Path original) throws IOException {
    if (kept.startsWith(partial)) {
      Files.createDirectories(kept.getParent());
      Files.copy(original, kept);
    }
  }

  /**
   * Where other files of these results are to be written, before {@link #commit()} or {@link
   * #close()}; they then share the fate of the tables.
   */
  public Path folder() {
    return staged.partial();
  }

  /**
   * Adds a row to the table of its kind.
   *
   * @throws IllegalArgumentException if no table has such rows, or a column lacks its value
   * @throws UncheckedIOException if it cannot be written, with a message of one line
   */
  public void write(Record row) {
    TableFile file = files.get(row.getClass());
    if (file == null) {
      throw new IllegalArgumentException("no table has rows such as " + row);
    }
    try {
      file.write(row);
    } catch (IOException e) {
      throw cannotBeWritten(e);
    }
  }

  /**
   * Puts the dataset in its place, where it replaces what was there.
   *
   * @throws UncheckedIOException if it cannot be written, with a message of one line
   * @throws IllegalStateException if it was committed or closed before
   */
  public synchronized void commit() {
    if (state != State.OPEN) {
      throw new IllegalStateException(folder + " is " + state + ", not OPEN");
    }
    try {
      for (TableFile file : files.values()) {
        file.close();
      }
      staged.commit();
      state = State.COMMITTED;
    } catch (IOException e) {
      throw cannotBeWritten(e);
    }
    stopWatchingForExit();
  }

  /** Leaves no trace of the dataset unless it was committed. */
  @Override
  public void close() {
    if (state != State.OPEN) {
      return;
    }
    for (TableFile file : files.values()) {
      try {
        file.close();
      } catch (IOException | RuntimeException e) {
        continue; // the file is removed anyway; why it failed was told by the failing write
      }
    }
    discard();
    stopWatchingForExit();
  }

  private synchronized void discard() {
    if (state == State.OPEN) {
      state = State.DISCARDED;
      staged.discard();
    }
  }

  private void discardAtExit() {
    try {
      discard();
    } catch (UncheckedIOException e) {
      return; // the writing thread was still at it; the next dataset of this place removes it
    }
  }

  private void stopWatchingForExit() {
    try {
      Runtime.getRuntime().removeShutdownHook(exitHook);
    } catch (IllegalStateException e) {
      return; // the process is ending already
    }
  }

  private UncheckedIOException cannotBeWritten(IOException e) {
    return new UncheckedIOException(
        folder + ": cannot be written (" + Failure.reason(e)
            + "); make room, or write --out with another folder",
        e);
  }
}
