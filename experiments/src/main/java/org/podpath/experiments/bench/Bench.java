package org.podpath.experiments.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
      String line = new WorkloadProcess(workload).measure();
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
