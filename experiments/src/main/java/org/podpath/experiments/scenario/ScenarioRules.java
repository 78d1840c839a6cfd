package org.podpath.experiments.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.podpath.experiments.yaml.InvalidParameters.Problem;
import org.podpath.experiments.yaml.Nearest;
import org.podpath.experiments.yaml.YamlPath;

/** What must hold between the parameters of a scenario, beyond the range of each. */
final class ScenarioRules {
  private static final Pattern FOLDER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  /** Without dots, which part the elements of a path. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");
  private static final Pattern HOST = Pattern.compile("host(0|[1-9][0-9]{0,6})");

  private static final int MOST_NAMES = 20;

  private final String experiment;
  private final Cluster cluster;
  private final Network network;
  private final Placement placement;
  private final Map<String, TenantSpec> tenants;
  private final OptionalLong durationPs;
  private final EngineKind engine;
  private final PlacedJobs jobs;
  private final Map<String, String> tenantOfPod = new HashMap<>();
  private final List<String> pods = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  ScenarioRules(
      String experiment,
      Cluster cluster,
      Network network,
      Placement placement,
      Map<String, TenantSpec> tenants,
      OptionalLong durationPs,
      EngineKind engine) {
    this.experiment = experiment;
    this.cluster = cluster;
    this.network = network;
    this.placement = placement;
    this.tenants = tenants;
    this.durationPs = durationPs;
    this.engine = engine;
    jobs = new PlacedJobs(cluster, placement, tenants);
  }

  /** Everything that does not fit together, each at the value to change. */
  List<Problem> problems() {
    if (!FOLDER.matcher(experiment).matches()) {
      wrong(YamlPath.of("experiment"), "'" + experiment + "' does not name a folder;"
          + " write letters, digits, '-', '_' and '.', the first a letter or digit");
    }
    tenants.keySet().forEach(name -> checkName(new YamlPath(List.of("tenants", name)), name));
    jobs.jobs().forEach(this::checkPods);
    checkQueues();
    checkPins();
    checkWorkingSets();
    checkStarts();
    checkPodMtu();
    checkRouting();
    if (placement instanceof Placement.Fixed fixed) {
      checkFixed(fixed.hosts());
    }
    jobs.jobs().forEach(job -> problems.addAll(rules(job).problemsOfTime(durationPs)));
    if (placement instanceof Placement.Rule || problems.isEmpty()) {
      jobs.jobs()
          .forEach(
              job -> problems.addAll(rules(job).problemsOfSpace(cluster, placement, jobs)));
    }
    return problems;
  }

  /** The number in the name of a host, if it is one. */
  static OptionalInt host(String name) {
    return HOST.matcher(name).matches()
        ? OptionalInt.of(Integer.parseInt(name.substring("host".length())))
        : OptionalInt.empty();
  }

  private JobRules rules(JobPods job) {
    return new JobRules(job, job(job));
  }

  private Job job(JobPods job) {
    return tenants.get(job.tenant()).jobs().get(job.job());
  }

  private void checkPods(JobPods job) {
    YamlPath path = rules(job).path();
    if (job(job).pods().isEmpty()) {
      job.names().forEach(pod -> checkPod(job.tenant(), pod, path));
    } else {
      checkNamedPod(job.tenant(), job.names().get(0), path.then("from"));
      checkNamedPod(job.tenant(), job.names().get(1), path.then("to"));
    }
  }

  private void checkNamedPod(String tenant, String pod, YamlPath path) {
    if (!tenantOfPod.containsKey(pod)) {
      checkName(path, pod);
    }
    checkPod(tenant, pod, path);
  }

  private void checkPod(String tenant, String pod, YamlPath path) {
    String owner = tenantOfPod.putIfAbsent(pod, tenant);
    if (owner == null) {
      pods.add(pod);
    } else if (!owner.equals(tenant)) {
      wrong(path, "pod '" + pod + "' is already one of tenant '" + owner + "'; write another name");
    }
  }

  private void checkName(YamlPath path, String name) {
    if (!NAME.matcher(name).matches()) {
      wrong(path, "'" + name + "' is not a name;"
          + " write letters, digits, '-' and '_', the first a letter or digit");
    }
  }

  private void checkQueues() {
    int queues = cluster.queues().orElse(1);
    if (queues > cluster.cpus()) {
      wrong(YamlPath.of("cluster.queues"), queues + " queues on " + cluster.cpus()
          + " CPUs; write at most " + cluster.cpus());
    }
    checkCpus("cluster.irq-cpus", cluster.irqCpus().orElse(List.of()));
    checkCpus("cluster.rps-cpus", cluster.rpsCpus().orElse(List.of()));
  }

  private void checkCpus(String path, List<Integer> cpus) {
    for (int i = 0; i < cpus.size(); i++) {
      checkCpu(YamlPath.of(path).then(Integer.toString(i)), cpus.get(i));
    }
  }

  private void checkWorkingSets() {
    tenants.forEach((name, tenant) -> {
      if (tenant.workingSetBytes() > 0 && cluster.llcBytes().isEmpty()) {
        wrong(
            YamlPath.of("tenants").then(name).then("working-set"),
            "nothing says how large the cache is; write cluster: {llc: …}, or leave it out");
      }
    });
  }

  private void checkStarts() {
    tenants.forEach((name, tenant) -> {
      if (tenant.startPs().orElse(-1) >= durationPs.orElse(Long.MAX_VALUE)) {
        wrong(
            YamlPath.of("tenants").then(name).then("start"),
            "the run is over by then; write an earlier time, or a longer duration");
      }
    });
  }

  private void checkPins() {
    YamlPath path = YamlPath.of("cluster.pin");
    cluster.pin().forEach((pod, pin) -> {
      checkIsPod(path.then(pod), pod);
      checkCpu(path.then(pod).then("tx"), pin.tx());
      checkCpu(path.then(pod).then("rx"), pin.rx());
    });
  }

  private void checkCpu(YamlPath path, int cpu) {
    if (cpu >= cluster.cpus()) {
      wrong(path, "no CPU " + cpu + " on a host of " + cluster.cpus()
          + "; write a number from 0 to " + (cluster.cpus() - 1));
    }
  }

  private void checkPodMtu() {
    if (network.podMtuBytes().isPresent() && cluster.mtuBytes().isPresent()
        && network.podMtuBytes().getAsInt() > cluster.mtuBytes().getAsInt()) {
      wrong(YamlPath.of("network.pod-mtu"), network.podMtuBytes().getAsInt()
          + " bytes are more than the wire takes; write at most "
          + cluster.mtuBytes().getAsInt());
    }
  }

  private void checkRouting() {
    if (engine == EngineKind.FLOW && cluster.routing() != RoutingKind.ECMP) {
      wrong(YamlPath.of("cluster.routing"),
          "the flow engine moves a flow along one way; write ecmp,"
              + " or engine: packet");
    }
  }

  private void checkFixed(Map<String, String> hosts) {
    YamlPath path = YamlPath.of("placement");
    hosts.forEach((pod, host) -> {
      checkIsPod(path.then(pod), pod);
      OptionalInt number = host(host);
      if (number.isEmpty() || number.getAsInt() >= cluster.hostCount()) {
        wrong(path.then(pod), "no host '" + host + "'; write one of "
            + hostNames(cluster.hostCount()));
      }
    });
    List<String> missing = pods.stream().filter(pod -> !hosts.containsKey(pod)).toList();
    if (!missing.isEmpty()) {
      wrong(path, "no host for " + some(missing) + "; write one for every pod");
    }
  }

  private void checkIsPod(YamlPath path, String pod) {
    if (!tenantOfPod.containsKey(pod)) {
      String hint = Nearest.to(pod, pods).map(near -> "'" + near + "', or ").orElse("");
      wrong(path, "no job names a pod '" + pod + "'; write " + hint + "one of " + some(pods));
    }
  }

  /** The first few of what may be many. */
  static String some(List<String> names) {
    return names.size() <= MOST_NAMES
        ? names.toString()
        : "[" + String.join(", ", names.subList(0, MOST_NAMES)) + ", …]";
  }

  static String hostNames(int hosts) {
    return hosts == 1 ? "[host0]" : "[host0, …, host" + (hosts - 1) + "]";
  }

  private void wrong(YamlPath path, String what) {
    problems.add(new Problem(path, what));
  }
}
