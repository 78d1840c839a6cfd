package org.podpath.experiments.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.podpath.engine.results.Trace;
import org.podpath.experiments.WrongInput;

/**
 * Writes what happens in a run to a file, a line an event: {@code 12.480 us  host0.cpu1  sends
 * flow 7  1500 B}.
 */
public final class TraceFile implements AutoCloseable {
  private static final double PS_PER_US = 1e6;

  private final Optional<PrintWriter> out;

  private TraceFile(Optional<PrintWriter> out) {
    this.out = out;
  }

  /**
   * A trace into {@code file}; without a file, no trace.
   *
   * @throws WrongInput if it cannot be written
   */
  public static TraceFile open(Optional<Path> file) {
    if (file.isEmpty()) {
      return new TraceFile(Optional.empty());
    }
    try {
      return new TraceFile(
          Optional
              .of(new PrintWriter(Files.newBufferedWriter(file.get(), StandardCharsets.UTF_8))));
    } catch (IOException unwritable) {
      throw new WrongInput(
          "--trace " + file.get() + ": cannot be written; write a file in a folder that is there");
    }
  }

  /** Where events go. */
  public Optional<Trace> trace() {
    return out.map(
        writer -> (nowPs, where, what, flow, bytes) -> writer
            .println(line(nowPs, where, what, flow, bytes)));
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
    out.ifPresent(PrintWriter::close);
  }
}
