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
      () -> new Permutation(16, 1_000_000, CniCatalog.CILIUM));

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
