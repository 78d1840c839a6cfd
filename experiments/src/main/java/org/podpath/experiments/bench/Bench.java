package org.podpath.experiments.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.tables.TextTable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Runs built-in workloads one after the other, each in a process of its own. */
public final class Bench {
  private Bench() {}

  /**
   * Times the workloads of these names, all of them where there is none.
   *
   * @param json one JSON object a line, as soon as it is measured, instead of a table at the end
   * @throws WrongInput if a name is unknown; then nothing runs
   * @throws IOException if a process cannot be started or fails; it says why on standard error
   */
  public static void run(List<String> names, boolean json, PrintStream out)
      throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    for (Workload workload : Workload.named(names)) {
      String line = measure(workload);
      lines.add(line);
      if (json) {
        out.println(line);
        out.flush();
      }
    }
    if (!json) {
      print(lines, out);
    }
  }

  private static String measure(Workload workload) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ownOptions(workload));
    command.addAll(
        List.of(
            "-cp", System.getProperty("java.class.path"), OneWorkload.class.getName(),
            workload.label()));
    Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
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

  /**
   * What this JVM was started with, so that a workload runs as a simulation does; its archive of
   * loaded classes is its own, for it loads others.
   */
  private static List<String> ownOptions(Workload workload) {
    return ManagementFactory.getRuntimeMXBean()
        .getInputArguments()
        .stream()
        .filter(option -> option.startsWith("-X"))
        .map(
            option -> option.startsWith("-XX:SharedArchiveFile=")
                ? option.replace(".jsa", "-" + workload.label() + ".jsa")
                : option)
        .toList();
  }

  /** JSON is YAML, so the reader of scenarios reads it. */
  private static void print(List<String> lines, PrintStream out) throws IOException {
    Load json = new Load(LoadSettings.builder().build());
    List<Map<?, ?>> rows = new ArrayList<>();
    Set<String> columns = new LinkedHashSet<>();
    for (String line : lines) {
      Map<?, ?> row = (Map<?, ?>) json.loadFromString(line);
      rows.add(row);
      row.keySet().forEach(name -> columns.add((String) name));
    }
    TextTable table = new TextTable(out, List.copyOf(columns));
    for (Map<?, ?> row : rows) {
      table.add(columns.stream().map(row::get).toArray());
    }
    table.end();
    out.flush();
  }
}
