package org.podpath.experiments.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.podpath.cni.CniCatalog;
import org.podpath.experiments.WrongInput;

/** The built-in workloads. */
public enum Workload {
  /** Of the machine alone: what to hold the others against. */
  LOOP("loop", "loop", "100 million dependent multiplications and reads", Loop::new),
  /** Few events pending: the queue fits into the fastest cache. */
  HOLD_1K("hold-1k", "hold", "1,000 entities that wake themselves", () -> new Hold(1_000)),
  /** As many as a run of a few hundred hosts has. */
  HOLD_10K("hold-10k", "hold", "10,000 entities that wake themselves", () -> new Hold(10_000)),
  /** As many as a run of thousands of hosts has. */
  HOLD_100K("hold-100k", "hold", "100,000 entities that wake themselves", () -> new Hold(100_000)),
  /** A queue with one server: events, random numbers, and nothing of networks. */
  W1("w1", "w1", "M/M/1 queue, 5 million customers, load 0.9", () -> new SingleServer(5_000_000)),
  /** A way of three links: the cost of a hop, and nothing that evicts anything from a cache. */
  W2("w2", "w2", "one TCP flow over two switches for 1 s, 10 Gb/s", BulkFlow::new),
  /** The fabric of a small data centre. */
  W3("w3", "w3", "fat-tree k=8, 128 hosts, 10 MB each, TCP, no hosts",
      () -> new Permutation(8, 10_000_000, CniCatalog.NO_HOSTS)),
  /** The same through the hosts' kernels. */
  W3_CILIUM("w3-cilium", "w3", "the same through hosts with Cilium",
      () -> new Permutation(8, 10_000_000, CniCatalog.CILIUM)),
  /** More state than caches hold. */
  W3_K16("w3-k16", "w3-k16", "fat-tree k=16, 1,024 hosts, 1 MB each, TCP, no hosts",
      () -> new Permutation(16, 1_000_000, CniCatalog.NO_HOSTS)),
  /** The same through the hosts' kernels. */
  W3_K16_CILIUM("w3-k16-cilium", "w3-k16", "the same through hosts with Cilium",
      () -> new Permutation(16, 1_000_000, CniCatalog.CILIUM)),
  /** The flow engine where SimGrid is still quick. */
  FLOWS_1K("flows-1k", "flows", "1,000 random flows on a fat-tree k=8, all at once",
      () -> new RandomFlows(8, 1_000, false)),
  /** Each departure changes the rates of a third of the others. */
  FLOWS_10K("flows-10k", "flows", "10,000 random flows on a fat-tree k=8, all at once",
      () -> new RandomFlows(8, 10_000, false)),
  /** More hosts for as many flows: few change. */
  FLOWS_10K_K16("flows-10k-k16", "flows", "10,000 random flows on a fat-tree k=16",
      () -> new RandomFlows(16, 10_000, false)),
  /** Cores are resources as links are. */
  FLOWS_10K_CORES("flows-10k-cores", "flows", "the same, each with a core at either end",
      () -> new RandomFlows(16, 10_000, true)),
  /** Every rank by itself: what the solver takes, without symmetry. */
  RING_256("ring-256", "ring", "ring all-reduce of 100 MB over 256 ranks, every rank by itself",
      () -> Rings.onSwitch(256, false)),
  /** The same, sixteen times as many flows. */
  RING_1024("ring-1024", "ring", "the same over 1,024 ranks",
      () -> Rings.onSwitch(1_024, false)),
  /** Ranks that do the same are one. */
  RING_16384("ring-16384", "ring-16384", "hierarchical all-reduce, 2,048 hosts of 8 GPUs, folded",
      () -> Rings.over(new HostRings(2_048), true)),
  /** Only the 8 rings of a host still do the same. */
  RING_16384_UNEVEN("ring-16384-uneven", "ring-16384-uneven",
      "the same with one slow host and another tenant on random links",
      () -> Rings.over(new HostRings(2_048).disturbed(), true));

  private final String label;
  private final String group;
  private final String description;
  private final Supplier<Model> model;

  Workload(String label, String group, String description, Supplier<Model> model) {
    this.label = label;
    this.group = group;
    this.description = description;
    this.model = model;
  }

  /** Its name on the command line and in results. */
  public String label() {
    return label;
  }

  /** What is simulated, in a few words. */
  public String description() {
    return description;
  }

  Model prepare() {
    return model.get();
  }

  /**
   * The workloads of these names, each once, in the order of the names; all of them where there is
   * no name. A name stands for a workload or, as {@code hold}, for several.
   *
   * @throws WrongInput if a name is unknown
   */
  static List<Workload> named(List<String> names) {
    if (names.isEmpty()) {
      return List.of(values());
    }
    Set<Workload> chosen = new LinkedHashSet<>();
    List<String> faults = new ArrayList<>();
    for (String name : names) {
      List<Workload> meant = Arrays.stream(values()).filter(w -> w.answersTo(name)).toList();
      if (meant.isEmpty()) {
        faults.add("bench: unknown workload '" + name + "'; write one of " + knownNames());
      }
      chosen.addAll(meant);
    }
    if (!faults.isEmpty()) {
      throw new WrongInput(faults);
    }
    return List.copyOf(chosen);
  }

  /** Every name that the command understands. */
  public static List<String> knownNames() {
    return Arrays.stream(values()).flatMap(w -> Stream.of(w.group, w.label)).distinct().toList();
  }

  private boolean answersTo(String name) {
    return name.equals(label) || name.equals(group);
  }
}
