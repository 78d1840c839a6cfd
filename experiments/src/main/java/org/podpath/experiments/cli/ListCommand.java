package org.podpath.experiments.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.podpath.cni.CniCatalog;
import org.podpath.cni.CostTable;
import org.podpath.cni.NamedPath;
import org.podpath.cni.OperationCost;
import org.podpath.cni.Profiles;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.claims.Claims;
import org.podpath.experiments.run.Metric;
import org.podpath.experiments.run.ThisProgram;
import org.podpath.experiments.scenario.FabricSpec;
import org.podpath.experiments.scenario.Job;
import org.podpath.experiments.tables.Table;
import org.podpath.experiments.tables.TextTable;
import org.podpath.workloads.ModelTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code podpath list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "What there is, one line each.",
    footer = {"", "Example:", "  podpath list networks"})
final class ListCommand implements Runnable {
  private static final String SUBJECTS =
      "networks, operations, workloads, models, profiles, topologies, scenarios, claims, tables, metrics";

  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "WHAT", arity = "0..1", description = "One of: " + SUBJECTS + ".")
  private String what = "";

  @Override
  public void run() {
    try {
      TextTable table = new TextTable(spec.commandLine().getOut(),
          List.of(what.isEmpty() ? "list" : "name", "what it is"));
      fill(table);
      table.end();
      spec.commandLine().getOut().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void fill(TextTable table) throws IOException {
    switch (what) {
      case "" -> subjects(table);
      case "networks" -> {
        for (CniCatalog network : CniCatalog.values()) {
          table.add(network.id(), network.summary());
        }
      }
      case "operations" -> {
        CostTable costs = CostTable.of("ref");
        for (String name : NamedPath.operations(costs)) {
          OperationCost cost = costs.row(name);
          table.add(name, number(cost.value()) + " ns for a " + cost.unit() + "; " + cost.source());
        }
      }
      case "profiles" -> {
        for (String name : Profiles.names()) {
          table.add(name, Profiles.source(name));
        }
      }
      case "workloads" -> Job.catalogue().forEach((id, says) -> add(table, id, says));
      case "models" -> {
        for (String name : ModelTable.names()) {
          table.add(name, ModelTable.of(name).summary());
        }
      }
      case "topologies" -> FabricSpec.catalogue().forEach((id, says) -> add(table, id, says));
      case "scenarios" -> scenarios(table);
      case "claims" -> Claims.list().forEach((id, says) -> add(table, id, says));
      case "tables" -> {
        for (Table result : Table.values()) {
          table.add(result.tableName(), result.meaning());
        }
      }
      case "metrics" -> {
        for (Metric metric : Metric.values()) {
          table.add(metric.id(), metric.meaning());
        }
      }
      default -> throw new WrongInput(
          "list " + what + ": there is no such list; write one of " + SUBJECTS);
    }
  }

  private static void add(TextTable table, String name, String meaning) {
    try {
      table.add(name, meaning);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void subjects(TextTable table) throws IOException {
    table.add("networks", "container networks");
    table.add("operations", "steps of a network.path, with their costs on the profile ref");
    table.add("workloads", "kinds of jobs");
    table.add("models", "AI models that jobs train");
    table.add("profiles", "kinds of hosts");
    table.add("topologies", "fabrics");
    table.add("scenarios", "questions that come with Podpath");
    table.add("claims", "published claims that it checks");
    table.add("tables", "result tables");
    table.add("metrics", "what is printed of a job");
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /** The first comment line of a scenario asks its question. */
  private static void scenarios(TextTable table) throws IOException {
    Path folder = ThisProgram.scenarios();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        String first = Files.readAllLines(file, StandardCharsets.UTF_8).getFirst();
        table.add(folder.resolve(file.getFileName()).toString(), first.replaceFirst("^#\\s*", ""));
      }
    }
  }
}
