package org.podpath.experiments.capture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What Wireshark's reader says of the frames of a file, every checksum checked. */
public final class Tshark {
  /** Wireshark, epan/proto.h: PI_WARN; errors are above it, remarks below. */
  private static final long WARNING = 0x600000;
  private static final String SEVERITY = "_ws.expert.severity";
  private static final String MESSAGE = "_ws.expert.message";

  private final List<String> fields;
  private final List<String[]> frames;

  private Tshark(List<String> fields, List<String[]> frames) {
    this.fields = fields;
    this.frames = frames;
  }

  /** Whether it is installed. */
  public static boolean isThere() {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "tshark")));
  }

  /** Reads these fields of every frame, and what it remarks on. */
  public static Tshark reads(Path file, String... wanted) {
    List<String> fields = new ArrayList<>(List.of(wanted));
    fields.addAll(List.of(SEVERITY, MESSAGE));
    List<String> command =
        new ArrayList<>(
            List.of(
                "tshark", "-n", "-r", file.toString(), "-o", "ip.check_checksum:TRUE", "-o",
                "tcp.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE", "-T", "fields", "-E",
                "aggregator=|"));
    fields.forEach(field -> command.addAll(List.of("-e", field)));
    return new Tshark(
        fields, run(command).stream().map(line -> line.split("\t", -1)).toList());
  }

  /** What it warns of or takes for an error, malformed frames among it. */
  public List<String> worries() {
    List<String> worries = new ArrayList<>();
    for (String[] frame : frames) {
      String[] severities = frame[fields.indexOf(SEVERITY)].split("\\|");
      String[] messages = frame[fields.indexOf(MESSAGE)].split("\\|");
      for (int i = 0; i < severities.length; i++) {
        if (!severities[i].isEmpty() && Long.decode(severities[i]) >= WARNING) {
          worries.add(messages[i]);
        }
      }
    }
    return worries;
  }

  /** A field of every frame; of several in one, from the outermost on, with | between them. */
  public Stream<String> values(String field) {
    return frames.stream().map(frame -> frame[fields.indexOf(field)]);
  }

  /** The frames that have it. */
  public long count(String field) {
    return values(field).filter(value -> !value.isEmpty()).count();
  }

  /** The different values of a field in all frames. */
  public TreeSet<String> different(String field) {
    TreeSet<String> different = new TreeSet<>();
    values(field).flatMap(value -> Stream.of(value.split("\\|"))).forEach(different::add);
    different.remove("");
    return different;
  }

  private static List<String> run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("status " + process.exitValue() + " of " + command);
      }
      return said.lines().toList();
    } catch (IOException unusable) {
      throw new UncheckedIOException(unusable);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }
}
