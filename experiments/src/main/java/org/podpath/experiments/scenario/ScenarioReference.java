package org.podpath.experiments.scenario;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.ExtraKey;
import org.podpath.experiments.yaml.Parameter;

/** Every parameter of a scenario, as a page and one at a time; both made from the records. */
public final class ScenarioReference {
  private static final String ANY = "*";
  private static final String OPENING =
      """
          # Every parameter of a scenario

          <!-- Made from the records by ScenarioReferenceTest; change those, not this page. -->

          A value that measures something carries its unit: times `ps ns us ms s min h`, sizes `B kB MB GB
          TB` (1 kB is 1000 bytes) and `KiB MiB GiB TiB` (1 KiB is 1024), rates `bps kbps Mbps Gbps Tbps`,
          frequencies `/h /min /s`, lengths `mm m km`. Where the default is said in words, they or
          `default` may be written for it. A key that is not on this page is a fault. `*` stands for a
          name of your own or a position in a list, from 0.

          A whole scenario:

          ```yaml
          # Does linear rule traversal slow a request beside a bulk transfer?
          experiment: request-beside-bulk
          cluster: {hosts: 2, profile: ref, nic: 10Gbps}
          network: {cni: cilium}
          placement: {client: host0, server: host1, source: host0, sink: host1}
          tenants:
            blue: {jobs: [request-response: {from: client, to: server, bytes: 1KiB, count: 20000}]}
            red: {jobs: [stream: {from: source, to: sink, duration: 2s}]}
          sweep:
            network.cni: [calico-iptables, cilium]
            case:
              without policies: {network.rules.policies: 0}
              every packet walks: {network.rules.policies: 1000, network.rules.walk: every-packet}
          repeat: 10
          ```

          A pod is there because a job names it (`from`, `to`), or because a job makes it: `train`,
          `serve`, `all-reduce` and `incast` make `<tenant>-train-0`, `<tenant>-server-0`,
          `<tenant>-client-0`, `<tenant>-ps-0`, `<tenant>-rank-0`, `<tenant>-receiver-0`,
          `<tenant>-sender-0` and so on. Hosts are called `host0`, `host1` and so on. An
          axis of the sweep is the path of a parameter with a list of values, or a name of your own with
          named points, each of which sets some parameters. Where several jobs share the cluster, each is
          also run alone, with the same random numbers.

          A network of one's own, `fabric: {file: clos.yaml}`, is drawn in a file beside the scenario. A
          link is a cable, both ways, unless it is said to lead one way; what is not said of a link or
          switch is as the scenario says for all of them.

          ```yaml
          switches: {leaf0: {}, leaf1: {}, spine0: {latency: 1us, ports: {buffer: 4MB}}}
          links:
            - {from: host0, to: leaf0}
            - {from: host1, to: leaf1}
            - {from: leaf0, to: spine0, rate: 400Gbps, length: 30m}
            - {from: leaf1, to: spine0, rate: 400Gbps, length: 30m}
          ```

          A network of one's own, `path`, is a list of steps for each way. `podpath list operations` has the
          steps, `podpath explain FILE.yaml` shows the path with its costs.

          ```yaml
          cluster: {hosts: 1, receive: same-core}
          network:
            gso: off
            path:
              same-host:
                - cross veth
                - {router: 1}
                - netfilter hook
                - {rules: {count: 1000, kind: address mismatch, dataplane: nft}}
                - {set: {kind: ipset, entries: 500, prefix-lengths: 4}}
                - {bridge: 3}
          ```

          A file of measurements (`measured`) is CSV with the columns `metric,unit,value,low,high,source,
          fitted`, and before them one for each axis that tells its rows apart, headed with the axis's name;
          `podpath list metrics` has the metrics, `value` or `low` and `high` may stay empty.
          """;

  /** Parameters by the path of the map that they stand in, the map of the whole file first. */
  private final Map<List<String>, Section> sections = new LinkedHashMap<>();

  private ScenarioReference() {
    add(List.of(), Scenario.class);
    add(List.of("cluster", "fabric", "file"), TopologyFile.class);
  }

  /** The page, in Markdown. */
  public static String markdown() {
    return OPENING
        + new ScenarioReference().sections.values()
            .stream()
            .map(Section::markdown)
            .collect(Collectors.joining());
  }

  /**
   * What a parameter means, every place of it if its name has several; empty if there is none.
   *
   * @param parameter its path or the end of it: {@code cluster.nic}, {@code nic}, {@code
   *     tenants.blue.jobs.0.stream.flows}
   */
  public static Optional<String> explain(String parameter) {
    List<String> asked = List.of(parameter.split("\\."));
    String found =
        new ScenarioReference()
            .lines()
            .stream()
            .filter(line -> endsWith(line.path(), asked))
            .map(Line::text)
            .collect(Collectors.joining("\n"));
    return found.isEmpty() ? Optional.empty() : Optional.of(found);
  }

  /** The path of every parameter, {@code *} for names and positions. */
  public static List<String> parameters() {
    return new ScenarioReference().lines().stream().map(Line::dotted).toList();
  }

  private List<Line> lines() {
    return sections.values().stream().flatMap(section -> section.lines().stream()).toList();
  }

  private static boolean endsWith(List<String> path, List<String> asked) {
    int from = path.size() - asked.size();
    if (from < 0 || asked.isEmpty()) {
      return false;
    }
    for (int i = 0; i < asked.size(); i++) {
      String element = path.get(from + i);
      if (!element.equals(ANY) && !element.equals(asked.get(i))) {
        return false;
      }
    }
    return !path.get(path.size() - 1).equals(ANY);
  }

  private void add(List<String> path, Class<?> record) {
    List<Line> lines = new ArrayList<>();
    sections.put(path, new Section(path, record.getAnnotation(Explain.class).value(), lines));
    for (Parameter parameter : Parameter.of(record)) {
      List<String> itsPath = longer(path, parameter.key());
      lines.add(
          new Line(
              itsPath,
              ParameterText.kind(parameter),
              ParameterText.byDefault(parameter),
              parameter.explanation(),
              ParameterText.choices(parameter)));
      addWithin(itsPath, parameter.type());
    }
    for (ExtraKey extra : record.getAnnotationsByType(ExtraKey.class)) {
      lines.add(
          new Line(
              longer(path, extra.key()), extra.kind(), "{}", extra.explanation(), List.of()));
    }
  }

  private void addWithin(List<String> path, Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      addWithin(longer(path, ANY), arguments[arguments.length - 1]);
      return;
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isSealed()) {
      List<Class<?>> named =
          Arrays.stream(plain.getPermittedSubclasses())
              .filter(
                  kind -> kind.isRecord() && !Parameter.isUnnamed(kind)
                      && !Parameter.isAnyWord(kind))
              .toList();
      addValues(path, plain, named.stream().filter(Parameter::isItself).toList());
      named.stream()
          .filter(kind -> !Parameter.isItself(kind))
          .forEach(kind -> add(longer(path, Parameter.kebab(kind.getSimpleName())), kind));
    } else if (plain.isRecord() && Parameter.isItself(plain)) {
      addWithin(path, Parameter.of(plain).get(0).type());
    } else if (plain.isRecord()) {
      add(path, plain);
    }
  }

  /** The kinds of a sealed interface whose value is written right behind their name. */
  private void addValues(List<String> path, Class<?> type, List<Class<?>> kinds) {
    List<Line> lines = new ArrayList<>();
    for (Class<?> kind : kinds) {
      String key = Parameter.kebab(kind.getSimpleName());
      Parameter value = Parameter.of(kind).get(0);
      lines.add(
          new Line(
              longer(path, key), ParameterText.kind(value), "not written", value.explanation(),
              List.of()));
    }
    if (!lines.isEmpty()) {
      sections.put(path, new Section(path, type.getAnnotation(Explain.class).value(), lines));
    }
  }

  private static List<String> longer(List<String> path, String element) {
    List<String> longer = new ArrayList<>(path);
    longer.add(element);
    return List.copyOf(longer);
  }

  private record Section(List<String> path, String explanation, List<Line> lines) {

    String markdown() {
      String title = path.isEmpty() ? "The file" : "`" + String.join(".", path) + "`";
      return "\n## " + title + "\n\n" + explanation
          + "\n\n| key | value | default | meaning |\n|---|---|---|---|\n"
          + lines.stream().map(Line::row).collect(Collectors.joining())
          + lines.stream().map(Line::choiceList).collect(Collectors.joining());
    }
  }

  private record Line(
      List<String> path, String kind, String byDefault, String meaning, List<String> choices) {

    String dotted() {
      return String.join(".", path);
    }

    String row() {
      String key = path.get(path.size() - 1);
      return "| `" + key + "` | " + kind + " | " + byDefault + " | " + meaning + " |\n";
    }

    String choiceList() {
      String key = path.get(path.size() - 1);
      return choices.isEmpty()
          ? ""
          : choices.stream()
              .map(choice -> "* `" + key + ": " + choice.replaceFirst(": ", "`: ") + "\n")
              .collect(Collectors.joining("", "\n", ""));
    }

    String text() {
      return dotted() + "\n  " + meaning + "\n  " + kind
          + (byDefault.equals("required") ? "; required" : "; default: " + byDefault) + "\n"
          + choices.stream()
              .map(choice -> "  " + choice + "\n")
              .collect(Collectors.joining());
    }
  }
}
