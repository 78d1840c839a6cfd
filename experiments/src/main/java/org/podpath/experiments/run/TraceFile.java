package org.podpath.experiments.run;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import org.podpath.engine.results.Trace;
import org.podpath.experiments.WrongInput;

/**
 * Writes what happens in a run to a file, a line an event:
 * {@code 12.480 us  host0.cpu1  sends  flow 7  1500 B}.
 */
public final class TraceFile implements AutoCloseable {
  private static final double PS_PER_US = 1e6;

  private final Path file;
  private final BufferedWriter out;

  private TraceFile(Path file, BufferedWriter out) {
    this.file = file;
    this.out = out;
  }

  /**
   * A trace into {@code file}.
   *
   * @param replace whether a file that is there already may be replaced
   * @throws WrongInput if it cannot be written
   */
  public static TraceFile open(Path file, boolean replace) {
    try {
      StandardOpenOption create =
          replace ? StandardOpenOption.CREATE : StandardOpenOption.CREATE_NEW;
      return new TraceFile(
          file,
          Files.newBufferedWriter(
              file,
              StandardCharsets.UTF_8,
              create,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING));
    } catch (IOException unwritable) {
      throw new WrongInput(
          "--trace " + file + ": "
              + (Files.exists(file) ? "is there already; write --force to replace it"
                  : "cannot be"
                      + " written; write a file in a folder that is there"));
    }
  }

  /** Where events go. */
  public Optional<Trace> trace() {
    return Optional.of(
        (nowPs, where, what, flow, bytes) -> write(line(nowPs, where, what, flow, bytes)));
  }

  private void write(String line) {
    try {
      out.write(line + "\n");
    } catch (IOException unwritable) {
      throw new UncheckedIOException(file + ": " + unwritable.getMessage(), unwritable);
    }
  }

  /** An event in words. */
  public static String line(long nowPs, String where, String what, long flow, long bytes) {
    return String.format(
        Locale.ROOT,
        "%13.3f us  %-16s  %-6s  flow %d  %d B",
        nowPs / PS_PER_US,
        where,
        what,
        flow,
        bytes);
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException unwritable) {
      throw new UncheckedIOException(file + ": " + unwritable.getMessage(), unwritable);
    }
  }
}
