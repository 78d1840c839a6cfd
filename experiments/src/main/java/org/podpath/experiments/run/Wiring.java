package org.podpath.experiments.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.podpath.cni.CniCatalog;
import org.podpath.cni.CostTable;
import org.podpath.cni.Encapsulation;
import org.podpath.cni.Encryption;
import org.podpath.cni.Kernel;
import org.podpath.cni.Machine;
import org.podpath.cni.NetworkOptions;
import org.podpath.cni.NodeRules;
import org.podpath.cni.PacketSteering;
import org.podpath.cni.Profiles;
import org.podpath.cni.ServiceProxy;
import org.podpath.cni.TcpStack;
import org.podpath.cni.Underlay;
import org.podpath.cni.Verbs;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Lookup;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.NetworkPaths;
import org.podpath.engine.datapath.RuleWriter;
import org.podpath.engine.datapath.Stack;
import org.podpath.engine.datapath.Transport;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.scenario.Conntrack;
import org.podpath.experiments.scenario.Names;
import org.podpath.experiments.scenario.Rules;
import org.podpath.experiments.scenario.Offload;
import org.podpath.experiments.scenario.PathSpec;
import org.podpath.experiments.scenario.Serve;
import org.podpath.engine.datapath.Uncontended;
import org.podpath.engine.datapath.Uncontended.Step;
import org.podpath.experiments.scenario.PodSpec;
import org.podpath.experiments.scenario.Point;
import org.podpath.experiments.scenario.Scenario;
import org.podpath.experiments.scenario.Walk;
import org.podpath.experiments.yaml.YamlPath;

/** Makes the engine's cluster and network out of a point of a scenario. */
final class Wiring {
  private final Point point;
  private final Scenario scenario;
  private final HostProfile profile;

  Wiring(Point point) {
    this.point = point;
    scenario = point.scenario();
    profile = Profiles.of(scenario.cluster().profile());
  }

  /** The kind of its hosts. */
  HostProfile profile() {
    return profile;
  }

  /** The names that scenarios may use. */
  static Names names() {
    return new Names(CniCatalog.ids(), Profiles.names());
  }

  /**
   * The network of the point.
   *
   * @throws WrongInput if its parts do not fit each other
   */
  Network network() {
    Kernel host = kernel();
    Kernel kernel = host.within(Machine.valueOf(scenario.cluster().machine().name()));
    Cni own = own(kernel);
    Cni carried = at("network.underlay", () -> underlay().carrying(own, host));
    Cni cni = at("cluster.rps-cpus", () -> steered(carried, host));
    int wireMtuBytes = scenario.cluster().mtuBytes().orElse(profile.mtuBytes());
    int headerBytes =
        Math.max(
            cni.send().headerBytes(), cni.sameHost().map(Datapath::mostHeaderBytes).orElse(0));
    int podMtuBytes = scenario.network().podMtuBytes().orElse(wireMtuBytes - headerBytes);
    String key = scenario.network().podMtuBytes().isPresent() ? "network.pod-mtu" : "cluster.mtu";
    int leastBytes = Network.LEAST_POD_MTU_BYTES + headerBytes;
    if (key.equals("cluster.mtu") && wireMtuBytes < leastBytes) {
      throw new WrongInput(
          point.where(key) + ": mtu: " + wireMtuBytes + " bytes less " + headerBytes
              + " of headers that " + cni.name() + " adds leave pods " + podMtuBytes
              + ", and the least is " + Network.LEAST_POD_MTU_BYTES
              + " (RFC 791); write at least " + leastBytes);
    }
    return at(
        key,
        () -> new Network(
            cni, stack(kernel, podMtuBytes), scenario.network().transport().transport(),
            podMtuBytes, wireMtuBytes));
  }

  /** The kernel of the point's hosts, with the user's own costs over those of the profile. */
  Kernel kernel() {
    CostTable costs = CostTable.of(profile.name());
    return new Kernel(
        profile,
        scenario.cluster()
            .costs()
            .map(file -> costs.with(CostFile.read(point.beside(file), costs)))
            .orElse(costs));
  }

  private Cni own(Kernel kernel) {
    Optional<PathSpec> path = scenario.network().path();
    if (path.isEmpty()) {
      at("cluster.machine", () -> entry().fitting(kernel));
      Cni plain = at("network.encapsulation", () -> entry().network(kernel, options()));
      Encryption encryption = Encryption.valueOf(scenario.network().encryption().name());
      return at("network.encryption", () -> entry().encrypted(encryption, plain, kernel));
    }
    if (!path.get().leavesTheHost() && scenario.cluster().hostCount() > 1) {
      throw new WrongInput(point.where("network.path") + ": path: no send and receive, and "
          + scenario.cluster().hostCount() + " hosts; write them, or cluster: {hosts: 1}");
    }
    return PathWiring
        .network(path.get(), kernel, point.source(), YamlPath.of("network.path"));
  }

  private Stack stack(Kernel kernel, int podMtuBytes) {
    boolean roce = scenario.network().transport().transport() instanceof Transport.Roce;
    boolean named = scenario.network().path().isEmpty();
    if (scenario.network().gso() == Offload.ON) {
      Stack verbs = named ? entry().verbs(kernel) : Verbs.on(kernel);
      Stack sockets = named ? entry().stack(kernel) : TcpStack.on(kernel);
      return roce ? verbs : sockets;
    }
    if (named && entry() == CniCatalog.NO_HOSTS) {
      throw new WrongInput(point.where("network.gso") + ": gso: there are no hosts whose kernels"
          + " could do without; write on, or another cni");
    }
    if (roce) {
      throw new WrongInput(point.where("network.gso") + ": gso: the card cuts and joins what roce"
          + " carries; write on, or another transport");
    }
    return TcpStack.withoutOffload(kernel, podMtuBytes);
  }

  private CniCatalog entry() {
    return CniCatalog.of(scenario.network().cni().orElseThrow());
  }

  /** Encrypted packets of two hosts all look the same, so that steering would not tell them apart. */
  private Cni steered(Cni cni, Kernel host) {
    if (scenario.cluster().rpsCpus().isEmpty()) {
      return cni;
    }
    if (scenario.network().encryption() != org.podpath.experiments.scenario.Encryption.NONE) {
      throw new IllegalArgumentException(
          "packets are encrypted and look the same to whoever would steer them; leave it out, or"
              + " write encryption: none");
    }
    if (scenario.network().transport().transport() instanceof Transport.Roce) {
      throw new IllegalArgumentException(
          "cards take what roce carries, and no kernel could steer it; leave it out, or write"
              + " another transport");
    }
    return PacketSteering.of(cni, host);
  }

  private Underlay underlay() {
    return Underlay.valueOf(scenario.network().underlay().name());
  }

  private NetworkOptions options() {
    org.podpath.experiments.scenario.Encapsulation wanted = scenario.network().encapsulation();
    Encapsulation encapsulation =
        wanted == org.podpath.experiments.scenario.Encapsulation.DEFAULT
            ? entry().encapsulations().getFirst()
            : Encapsulation.valueOf(wanted.name());
    Conntrack table = scenario.network().conntrack();
    return new NetworkOptions(
        encapsulation, nodeRules(),
        new Lookup.Connections(table.max(), table.bucketCount(), table.entries()));
  }

  private NodeRules nodeRules() {
    Rules rules = scenario.network().rules();
    int podsPerNode = rules.podsPerNode().orElseGet(this::mostPodsOfAHost);
    return new NodeRules(
        podsPerNode,
        (int) Math.min(Integer.MAX_VALUE, (long) podsPerNode * scenario.cluster().hostCount()),
        rules.services(),
        rules.endpoints(),
        rules.policies(),
        ServiceProxy.valueOf(rules.kubeProxy().name()),
        rules.walk() == Walk.EVERY_PACKET);
  }

  /** Who writes rules and maps of its nodes when pods come and go. */
  List<RuleWriter> ruleWriters() {
    if (scenario.network().path().isPresent()) {
      return List.of();
    }
    Kernel node = kernel().within(Machine.valueOf(scenario.cluster().machine().name()));
    return entry().ruleWriters(node, nodeRules());
  }

  private int mostPodsOfAHost() {
    int[] pods = new int[scenario.cluster().hostCount()];
    for (PodSpec pod : scenario.pods()) {
      pod.host().ifPresent(host -> pods[host]++);
    }
    return Arrays.stream(pods).max().orElse(0);
  }

  /** What the user should know before believing the numbers; empty when there is nothing. */
  List<String> warnings(Cluster cluster, Network network) {
    List<String> warnings = new ArrayList<>(policyWarnings());
    warnings.addAll(new TransportCheck(point, network).notes(cluster.topology()));
    for (JobSpec job : JobSpec.of(scenario)) {
      if (job.job() instanceof Serve serve
          && scenario.pendingReason(job.tenant(), job.position()).isEmpty()) {
        rateWarning(job, serve, cluster, network).ifPresent(warnings::add);
      }
    }
    return warnings;
  }

  /** A client core that would need more than a second for a second's requests cannot send them. */
  private Optional<String> rateWarning(
      JobSpec job, Serve serve, Cluster cluster, Network network) {
    List<PodSpec> specs = scenario.pods(job.tenant(), job.position());
    Pod client = pod(cluster, specs.get(serve.servers()).name());
    Pod server = pod(cluster, specs.get(0).name());
    Uncontended way =
        new Uncontended(cluster, new NetworkPaths(network), client.id(), server.id(), 0, 0);
    Step.Pass send =
        (Step.Pass) way.messageSteps(Math.min(serve.requestBytes(), 65_536), false).getFirst();
    double sendPs = way.passPs(send, 0, false) * Math.ceilDiv(serve.requestBytes(), 65_536);
    double eachPerSecond = serve.ratePerSecond() / serve.clients();
    double busy = eachPerSecond * sendPs / 1e12;
    return busy <= 1
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%s: %.0f requests/s from each client take %.2f s of its core's second at %.2f us"
                    + " each; a core sends at most %.0f/s, write a lower rate or more clients",
                job.name(), eachPerSecond, busy, sendPs / 1e6, 1e12 / sendPs));
  }

  private static Pod pod(Cluster cluster, String name) {
    return cluster.pods().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }

  private List<String> policyWarnings() {
    int policies = scenario.network().rules().policies();
    return policies > 0 && scenario.network().cni().isPresent() && !entry().enforcesPolicies()
        ? List.of(entry().id() + " does not enforce NetworkPolicy: its " + policies
            + " policies have no effect")
        : List.of();
  }

  /**
   * The machines, tenants and pods of the point.
   *
   * @throws WrongInput if a file that draws the network is wrong
   */
  Cluster cluster() {
    return new ClusterWiring(point, profile, network()).cluster();
  }

  /**
   * Makes sure that a run of the point has all that it needs.
   *
   * @throws WrongInput with everything that is wrong
   */
  void check() {
    Network network = network();
    List<String> faults = new ArrayList<>();
    new PollingCheck(point, network).check();
    List<Runnable> checks =
        List.of(
            () -> new TransportCheck(point, network).check(),
            () -> new FunctionCheck(point).check(),
            () -> new DatagramCheck(point, network).check(this::cluster),
            () -> new FabricCheck(point, network).check(this::cluster),
            () -> new CaptureCheck(point, network).check(this::cluster));
    for (Runnable check : checks) {
      try {
        check.run();
      } catch (WrongInput wrong) {
        faults.addAll(wrong.lines());
      }
    }
    if (!faults.isEmpty()) {
      throw new WrongInput(faults.stream().distinct().toList());
    }
  }

  private <T> T at(String path, java.util.function.Supplier<T> part) {
    try {
      return part.get();
    } catch (IllegalArgumentException wrong) {
      throw new WrongInput(point.where(path) + ": " + wrong.getMessage());
    }
  }

  static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
