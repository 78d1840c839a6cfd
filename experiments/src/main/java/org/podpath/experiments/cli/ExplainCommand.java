package org.podpath.experiments.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.podpath.cni.CniCatalog;
import org.podpath.cni.Profiles;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.datapath.Network;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.explain.PathReport;
import org.podpath.experiments.explain.ProfileReport;
import org.podpath.experiments.run.Metric;
import org.podpath.experiments.run.RunExperiment;
import org.podpath.experiments.scenario.Experiment;
import org.podpath.experiments.scenario.ScenarioReader;
import org.podpath.experiments.scenario.ScenarioReference;
import org.podpath.experiments.tables.TableReference;
import org.podpath.experiments.yaml.Nearest;
import org.podpath.workloads.IncastJob;
import org.podpath.workloads.RequestResponseJob;
import org.podpath.workloads.ServingJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code podpath explain}. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = "A network's path as a table; the meaning of a host profile, result table, column, metric or parameter.",
    footer = {
        "",
        "Examples:",
        "  podpath explain cilium --profile seed10g",
        "  podpath explain my-path.yaml",
        "  podpath explain p99_ns",
        "  podpath explain cluster.receive"
    })
final class ExplainCommand implements Runnable {
  private static final Map<String, String> LATENCIES =
      new TreeMap<>(
          Map.of(
              "loaded_rtt",
              "time from handing the end of a super-packet to the network card until its"
                  + " acknowledgement has been received, while a stream runs",
              RequestResponseJob.TRANSACTION,
              "time from sending a request to having read its reply, one after the other",
              IncastJob.FLOW,
              "time from the start of an incast's round until a sender's bytes have been read",
              IncastJob.ROUND,
              "the same until the bytes of all senders have been read",
              ServingJob.REQUEST,
              "time from sending a request to having read its reply, under open load"));

  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "NAME",
      description = "Network, profile, table, column, metric, parameter or scenario file.")
  private String name;

  @Option(names = "--profile", paramLabel = "NAME",
      description = "Host profile of a path (default: ${DEFAULT-VALUE}).")
  private String profile = "ref";

  @Override
  public void run() {
    List<String> answers = new ArrayList<>();
    String lastPart = name.substring(name.lastIndexOf('.') + 1);
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      answers.addAll(networks());
    }
    if (CniCatalog.ids().contains(name)) {
      answers.add(PathReport.text(CniCatalog.of(name), Profiles.of(checkedProfile())));
    }
    if (Profiles.names().contains(name)) {
      answers.add(ProfileReport.text(name));
    }
    TableReference.explain(name).or(() -> TableReference.explain(lastPart)).ifPresent(answers::add);
    ScenarioReference.explain(name).ifPresent(answers::add);
    Optional<Metric> metric = Metric.of(name);
    metric.ifPresent(
        m -> answers.add("metric " + m.id() + " [" + m.unit() + "]: " + m.meaning() + "\n"));
    Optional.ofNullable(LATENCIES.get(name))
        .ifPresent(meaning -> answers.add("latency metric " + name + ": " + meaning + "\n"));
    if (answers.isEmpty()) {
      String meant =
          Nearest.to(name, known()).map(word -> "did you mean '" + word + "'? ").orElse("");
      throw new WrongInput(
          "explain " + name + ": nothing has this name; write a network " + CniCatalog.ids()
              + ", a profile "
              + Profiles.names() + ", a result table or column (list tables), a metric "
              + Metric.ids()
              + " or a parameter (SCENARIO.md)");
    }
    spec.commandLine().getOut().println(String.join("\n", answers).stripTrailing());
  }

  /** The paths of a scenario's networks; those of a sweep that are the same, once. */
  private List<String> networks() {
    Experiment experiment = ScenarioReader.read(Path.of(name), List.of(), RunExperiment.names());
    Map<Network, String> titles = new LinkedHashMap<>();
    Map<Network, HostProfile> profiles = new LinkedHashMap<>();
    for (RunExperiment.Wired wired : RunExperiment.networks(experiment)) {
      titles.merge(wired.network(), wired.where(), (one, other) -> one + " " + other);
      profiles.put(wired.network(), wired.profile());
    }
    List<String> answers = new ArrayList<>();
    titles.forEach(
        (network, where) -> answers.add(
            PathReport.text(
                network.cni().name() + (where.isEmpty() ? "" : ": " + where), network,
                Objects.requireNonNull(profiles.get(network)))));
    return answers;
  }

  private static List<String> known() {
    List<String> known = new ArrayList<>(CniCatalog.ids());
    known.addAll(Profiles.names());
    known.addAll(Metric.ids());
    known.addAll(LATENCIES.keySet());
    return known;
  }

  private String checkedProfile() {
    if (!Profiles.names().contains(profile)) {
      throw new WrongInput("--profile " + profile + ": unknown; write one of " + Profiles.names());
    }
    return profile;
  }
}
