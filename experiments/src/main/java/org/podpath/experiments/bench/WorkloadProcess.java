package org.podpath.experiments.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A workload in a JVM of its own, started as this one was. What the launcher keeps to start faster,
 * an archive of classes or, from JDK 25 on, classes and the methods that were hot (JEP 514, 515), is
 * kept for each workload by itself, for each loads and heats others; a first process, not measured,
 * leaves it.
 */
final class WorkloadProcess {
  private static final String ARCHIVE = "-XX:SharedArchiveFile=";
  private static final String LEARNED = "-XX:AOTCache=";
  /** The first JDK whose JVM learns and keeps it in one step (JEP 514). */
  private static final int LEARNING_JDK = 25;

  private final Workload workload;
  private final List<String> options;

  WorkloadProcess(Workload workload) {
    this.workload = workload;
    options =
        ManagementFactory.getRuntimeMXBean()
            .getInputArguments()
            .stream()
            .filter(option -> option.startsWith("-X"))
            .toList();
  }

  /** Runs it and returns the line that it prints. */
  String measure() throws IOException, InterruptedException {
    List<String> started = new ArrayList<>(options);
    Optional<Path> kept = kept();
    if (kept.isPresent()) {
      started.removeIf(WorkloadProcess::isAboutStart);
      Path file = kept.get();
      boolean learns = Runtime.version().feature() >= LEARNING_JDK;
      if (learns && !Files.exists(file)) {
        List<String> rehearsed = new ArrayList<>(started);
        rehearsed.add("-XX:AOTCacheOutput=" + file);
        run(rehearsed, Redirect.DISCARD);
      }
      started.addAll(
          learns
              ? List.of(LEARNED + file)
              : List.of("-XX:+AutoCreateSharedArchive", ARCHIVE + file));
    }
    return run(started, Redirect.INHERIT);
  }

  private static boolean isAboutStart(String option) {
    return option.startsWith(LEARNED)
        || option.startsWith("-Xshare")
        || option.contains("SharedArchive");
  }

  /** Beside the file of this JVM; empty where it was started without one. */
  private Optional<Path> kept() {
    boolean learns = Runtime.version().feature() >= LEARNING_JDK;
    return options.stream()
        .filter(option -> option.startsWith(ARCHIVE) || option.startsWith(LEARNED))
        .map(option -> option.substring(option.indexOf('=') + 1))
        .map(
            file -> Path.of(
                file.substring(0, file.lastIndexOf('.')) + "-" + workload.label()
                    + (learns ? ".aot" : ".jsa")))
        .findFirst();
  }

  private String run(List<String> started, Redirect errors)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(started);
    command.addAll(
        List.of(
            "-cp", System.getProperty("java.class.path"), OneWorkload.class.getName(),
            workload.label()));
    Process process = new ProcessBuilder(command).redirectError(errors).start();
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      String output = reader.lines().collect(Collectors.joining("\n"));
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException(
            "workload " + workload.label() + " failed with exit status " + status);
      }
      return output;
    } finally {
      process.destroy();
    }
  }
}
