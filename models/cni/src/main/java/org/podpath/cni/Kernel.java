package org.podpath.cni;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.cluster.Moderation;
import org.podpath.engine.datapath.CoreRole;
import org.podpath.engine.datapath.Cost;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.Hook;
import org.podpath.engine.datapath.Lookup;
import org.podpath.engine.datapath.Match;
import org.podpath.engine.datapath.Stage;

/**
 * The Linux kernel of a host profile: makes stages whose costs come from {@code kernel-costs.csv}.
 */
public final class Kernel {
  /**
   * Size of a rule in the kernel: ipt_entry 112, comment match 32 + 256, tcp match 48, target 40.
   * Source: Linux uapi structures.
   */
  private static final int RULE_BYTES = 488;

  /**
   * assumption: half a megabyte of the L2 cache is left to the rules. Measured on Linux 6.18 with 1 MB
   * of L2, 2,000 rules of 152 bytes fit and 5,000 do not.
   */
  private static final int RULE_CACHE_BYTES = 524_288;

  /** Linux, net/openvswitch/flow_table.h, MC_DEFAULT_HASH_ENTRIES. */
  private static final double MASK_CACHE_ENTRIES = 256;

  /** assumption: flows of a pipeline without policies look at so many combinations of fields. */
  private static final int BASE_MASKS = 4;

  /** assumption: each policy looks at another combination until there are so many. */
  private static final int MOST_MASKS = 32;

  private final HostProfile profile;
  private final CostTable costs;
  private final Machine machine;
  /** That of the host; empty where it is this one. */
  private final Optional<Kernel> below;

  /** The kernel of hosts of {@code profile}, with the costs that the product has for it. */
  public Kernel(HostProfile profile) {
    this(profile, CostTable.of(profile.name()));
  }

  /** The kernel of hosts of {@code profile} with {@code costs}. */
  public Kernel(HostProfile profile, CostTable costs) {
    this(profile, costs, Machine.NONE, Optional.empty());
  }

  private Kernel(
      HostProfile profile, CostTable costs, Machine machine, Optional<Kernel> below) {
    this.profile = profile;
    this.costs = costs;
    this.machine = machine;
    this.below = below;
  }

  /** The kernel of guests of {@code machine} on hosts of this one; this one where there are none. */
  public Kernel within(Machine machine) {
    return machine == Machine.NONE
        ? this
        : new Kernel(profile, costs.slower(Machine.SLOWNESS_RATIO), machine, Optional.of(this));
  }

  /** Whether it runs in a virtual machine. */
  boolean isGuest() {
    return below.isPresent();
  }

  /** The kernel of the machine that the network card is in: this one, or that of the host. */
  Kernel host() {
    return below.orElse(this);
  }

  /** The kind of host this kernel runs on. */
  HostProfile profile() {
    return profile;
  }

  Cost cost(String operation) {
    return costs.row(operation).cost();
  }

  /** The table of what operations cost here. */
  CostTable costs() {
    return costs;
  }

  /** CPU time for every packet. */
  Stage work(Hook hook, String operation) {
    return new Stage.Work(hook, operation, cost(operation), Optional.empty());
  }

  /** The same so many times. */
  Stage times(int times, Hook hook, String operation) {
    Cost once = cost(operation);
    return new Stage.Work(
        hook, operation + " (" + times + " times)",
        new Cost(times * once.fixedPs(), times * once.psPerByte()), Optional.empty());
  }

  /** A place in a list where this choice of options does nothing. */
  static Stage nothing(Hook hook, String name) {
    return new Stage.Work(hook, name, Cost.NONE, Optional.empty());
  }

  /**
   * An eBPF program and the hash maps that it looks up, each holding {@code entries} or an unknown
   * number (0).
   */
  Stage program(Hook hook, String operation, int mapLookups, int entries) {
    Lookup maps =
        new Lookup.HashTable(mapLookups, "eBPF hash map", entries, cost("eBPF hash map").fixedPs());
    return new Stage.Work(hook, operation, cost(operation), Optional.of(maps));
  }

  /** iptables rules, one after the other. */
  Stage walk(Hook hook, String name, RuleList walked, int installed) {
    List<Lookup.Rules> rules = new ArrayList<>();
    walked.counts()
        .forEach((match, count) -> rules.add(new Lookup.Rules(match, count, rulePs(match))));
    Lookup walk = new Lookup.RuleWalk(rules, ruleTable(installed));
    return new Stage.Work(hook, name, Cost.NONE, Optional.of(walk));
  }

  /** A table of {@code rules} such as Kubernetes networks write, each with a comment. */
  private Lookup.RuleTable ruleTable(int rules) {
    return new Lookup.RuleTable(
        (long) rules * RULE_BYTES,
        RULE_CACHE_BYTES,
        cost("rule out of cache").fixedPs(),
        cost("rule of a table beyond cache").fixedPs());
  }

  private long rulePs(Match match) {
    return cost("rule: " + match.inWords()).fixedPs();
  }

  /** A search in a set of {@code entries} that packets are matched against. */
  Stage search(Hook hook, SetKind kind, int entries) {
    return new Stage.Work(
        hook, kind.inWords(), Cost.NONE, Optional.of(kind.lookup(this, entries)));
  }

  /** The same as a user spells it. */
  Stage search(PathStep.Search search) {
    Lookup lookup = search.kind().lookup(this, search.entries(), search.prefixLengths());
    return new Stage.Work(
        Hook.FORWARD, search.kind().inWords(), Cost.NONE, Optional.of(lookup));
  }

  /** Rules as a user spells them: one kind, a table of their own. */
  Stage rules(PathStep.Rules spelled) {
    String operation = spelled.dataplane().operation(spelled.match());
    Lookup.Rules rules =
        new Lookup.Rules(spelled.match(), spelled.count(), cost(operation).fixedPs());
    Lookup.RuleTable table =
        new Lookup.RuleTable(
            (long) spelled.count() * spelled.dataplane().ruleBytes(spelled.match()),
            RULE_CACHE_BYTES,
            0,
            cost(spelled.dataplane().beyondCache()).fixedPs());
    Lookup walk = new Lookup.RuleWalk(List.of(rules), table);
    return new Stage.Work(Hook.FORWARD, operation, Cost.NONE, Optional.of(walk));
  }

  /**
   * Recirculations through the flow cache of Open vSwitch. A core remembers the mask of so many hashes of
   * packets; with more connections than that on the node, some have to find theirs again.
   */
  Stage megaflows(String name, double lookups, NetworkOptions options) {
    double connections = Math.max(1, options.connections().entries());
    Lookup cache =
        new Lookup.FlowCache(
            lookups, Math.min(MOST_MASKS, BASE_MASKS + options.rules().policies()),
            Math.min(1, MASK_CACHE_ENTRIES / connections), cost("OVS megaflow").fixedPs(),
            cost("OVS mask").fixedPs());
    return new Stage.Work(Hook.OVS, name, Cost.NONE, Optional.of(cache));
  }

  /** The look-up of the packet's connection. */
  Stage conntrack(Hook hook, String operation, Lookup.Connections connections) {
    Lookup table =
        new Lookup.ConnectionTable(
            1, "conntrack", 0, connections, cost("conntrack chain entry").fixedPs());
    return new Stage.Work(hook, operation, cost(operation), Optional.of(table));
  }

  /** Passes through connection tracking of Open vSwitch, one for each zone. */
  Stage conntrackZones(String name, double zones, Lookup.Connections connections) {
    Lookup table =
        new Lookup.ConnectionTable(
            zones, "conntrack zone", cost("OVS conntrack zone").fixedPs(), connections,
            cost("conntrack chain entry").fixedPs());
    return new Stage.Work(Hook.OVS, name, Cost.NONE, Optional.of(table));
  }

  /** Headers around the packet. */
  Stage wrap(Encapsulation encapsulation) {
    return new Stage.Wrap(
        Hook.TUNNEL, encapsulation.inWords() + " headers", encapsulation.headerBytes(), true,
        encapsulation.hidesFlows());
  }

  /** Headers off again. */
  Stage unwrap(Encapsulation encapsulation) {
    return new Stage.Wrap(
        Hook.TUNNEL, encapsulation.inWords() + " headers off", -encapsulation.headerBytes(), true,
        encapsulation.hidesFlows());
  }

  /** A detour for the first packet of a connection. */
  Stage firstPacket(Hook hook, Stage... detour) {
    return new Stage.Branch(
        hook,
        "first of a connection",
        Stage.Condition.FIRST_OF_CONNECTION,
        Datapath.of("new connection", detour));
  }

  /** The way from a pod to the wire: {@code own} stages, then the network card that this kernel has. */
  Datapath toWire(Stage... own) {
    return isGuest() ? belowToWire(List.of(own), List.of()) : functionToWire(own);
  }

  /** The way from the wire to a pod: the network card that this kernel has, then {@code own} stages. */
  Datapath fromWire(Stage... own) {
    return isGuest() ? belowFromWire(List.of(), List.of(own)) : functionFromWire(own);
  }

  /**
   * The way from a machine to the wire where the machine is what the network connects: {@code stages} of
   * the host's kernel stand between them. Where there is no machine, pods take its place.
   */
  Datapath machineToWire(Stage... stages) {
    return isGuest() ? belowToWire(List.of(), List.of(stages)) : functionToWire(stages);
  }

  /** The same from the wire to a machine. */
  Datapath machineFromWire(Stage... stages) {
    return isGuest() ? belowFromWire(List.of(stages), List.of()) : functionFromWire(stages);
  }

  /**
   * The way from a pod to the wire where this kernel drives the host's card, or a function of it that a
   * guest was given: {@code own} stages, then the card.
   */
  Datapath functionToWire(Stage... own) {
    List<Stage> stages = new ArrayList<>(List.of(own));
    stages.add(work(Hook.NIC, "hand to NIC"));
    stages.add(work(Hook.NIC, "map pages"));
    stages.add(new Stage.Split(Hook.NIC, "TSO to MTU", cost("TSO segment")));
    stages.add(new Stage.Delay(Hook.NIC, "NIC", profile.nicLatencyPs()));
    return new Datapath("pod to wire", stages);
  }

  /** The same from the wire to a pod. */
  Datapath functionFromWire(Stage... own) {
    List<Stage> stages = new ArrayList<>();
    stages.add(new Stage.Delay(Hook.NIC, "NIC", profile.nicLatencyPs()));
    if (profile.moderation() != Moderation.THROTTLE) {
      stages.add(
          new Stage.Delay(Hook.INTERRUPT, "interrupt moderation", profile.moderationPs()));
    }
    stages.addAll(interrupt());
    stages.add(work(Hook.NIC, "receive frame"));
    stages.add(work(Hook.NIC, "receive pages"));
    stages.add(new Stage.Merge(Hook.NIC, "GRO", cost("GRO frame")));
    stages.addAll(List.of(own));
    return new Datapath("wire to pod", stages);
  }

  /** An interrupt as this kernel gets it: that of a guest is injected. */
  List<Stage> interrupt() {
    Stage own = work(Hook.INTERRUPT, "interrupt");
    return isGuest()
        ? List.of(host().work(Hook.INTERRUPT, machine.injection()), own)
        : List.of(own);
  }

  /**
   * The vhost thread copies what the guest hands to its card, cut into frames at the host's.
   *
   * <p>Source of the path: Linux, drivers/vhost/net.c, handle_tx and handle_rx; drivers/net/tun.c.
   */
  private Datapath belowToWire(List<Stage> inGuest, List<Stage> inHost) {
    List<Stage> stages = new ArrayList<>(inGuest);
    stages.add(work(Hook.VIRTIO, "hand to NIC"));
    stages.add(host().work(Hook.MACHINE, "kick the host"));
    stages.addAll(host().vhost());
    stages.addAll(inHost);
    stages.addAll(host().functionToWire().stages());
    return new Datapath("pod to wire", stages);
  }

  private Datapath belowFromWire(List<Stage> inHost, List<Stage> inGuest) {
    List<Stage> stages = new ArrayList<>();
    stages.addAll(host().functionFromWire(inHost.toArray(Stage[]::new)).stages());
    stages.addAll(host().vhost());
    stages.add(new Stage.Handoff(Hook.INTERRUPT, "interrupt the guest", CoreRole.SOFTIRQ));
    stages.addAll(interrupt());
    stages.add(work(Hook.VIRTIO, "receive frame"));
    stages.add(work(Hook.VIRTIO, "receive pages"));
    stages.addAll(inGuest);
    return new Datapath("wire to pod", stages);
  }

  private List<Stage> vhost() {
    return List.of(
        new Stage.Handoff(Hook.MACHINE, "wake the vhost thread", CoreRole.VHOST),
        work(Hook.MACHINE, "vhost packet"),
        work(Hook.MACHINE, "vhost copy"));
  }

  /** The way between two pods of a host. */
  static Datapath sameHost(Stage... host) {
    return new Datapath("pod to pod", List.of(host));
  }
}
