package org.podpath.engine.packet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What theory predicted and what was simulated, a file of one table row each: {@code cat
 * target/theory-tests/*} shows them all.
 */
final class Findings {
  private static final Path FOLDER = Path.of("target", "theory-tests");

  private Findings() {}

  /** Notes a value beside its prediction, in {@code unit}. */
  static void note(String what, double predicted, double simulated, String unit) {
    String row =
        String.format(
            Locale.ROOT, "| %s | %s | %.6g | %.6g | %+.2f %% |%n", what, unit, predicted,
            simulated, 100 * (simulated / predicted - 1));
    String name = what.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-");
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(FOLDER.resolve(name), row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
