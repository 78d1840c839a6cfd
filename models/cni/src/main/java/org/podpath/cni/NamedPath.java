package org.podpath.cni;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.Hook;
import org.podpath.engine.datapath.Stage;

/** Networks that users put together from operations of the cost file. */
public final class NamedPath {
  private static final String PACKET = "super-packet";
  private static final String CONNECTION = "connection";
  /** A step behind which nothing of the packet is left. */
  private static final String DROP = "drop";
  /** A step by which the packet leaves through another network card. */
  private static final String FORWARD = "forward";
  private static final String ENCAPSULATE = " encapsulate";
  private static final String DECAPSULATE = " decapsulate";

  private NamedPath() {}

  /**
   * The stages of one step on {@code kernel}.
   *
   * @throws IllegalArgumentException if no row has its cost, or it is not charged for packets
   */
  public static List<Stage> stages(PathStep step, Kernel kernel) {
    return switch (step) {
      case PathStep.Operation operation -> operation(operation.name(), kernel);
      case PathStep.Chain chain -> chain(chain, kernel);
      case PathStep.Rules rules -> List.of(
          rules.newOnly()
              ? kernel.firstPacket(Hook.FORWARD, kernel.rules(rules))
              : kernel.rules(rules));
      case PathStep.Search search -> List.of(kernel.search(search));
    };
  }

  /**
   * A network of stages.
   *
   * @param sameHost between two pods of a host; empty: through the network card
   */
  public static Cni network(
      Kernel kernel, Optional<List<Stage>> sameHost, List<Stage> send, List<Stage> receive) {
    return new Cni(
        "path",
        sameHost.map(stages -> new Datapath("pod to pod", stages)),
        kernel.toWire(send.toArray(Stage[]::new)),
        kernel.fromWire(receive.toArray(Stage[]::new)));
  }

  /** Names of the operations that a path may hold. */
  public static List<String> operations(CostTable costs) {
    return costs.all().stream().filter(NamedPath::isOfAPath).map(OperationCost::operation).toList();
  }

  private static boolean isOfAPath(OperationCost cost) {
    return cost.unit().equals(PACKET) && !isOfEveryStack(cost.operation())
        || cost.unit().equals(CONNECTION);
  }

  /** Charged for super-packets by the stack and the driver, whatever the path. */
  private static boolean isOfEveryStack(String operation) {
    return operation.startsWith("TCP ") || operation.equals("hand to NIC");
  }

  private static List<Stage> operation(String name, Kernel kernel) {
    if (name.equals(DROP)) {
      return List.of(end(name, Stage.Condition.DENIED));
    }
    if (name.equals(FORWARD)) {
      return List.of(
          end(
              name, Stage.Condition.SENT_ON, kernel.work(Hook.QDISC, "queue"),
              kernel.work(Hook.NIC, "hand to NIC"), kernel.work(Hook.NIC, "map pages")));
    }
    OperationCost cost = kernel.costs().row(name);
    if (!isOfAPath(cost)) {
      throw new IllegalArgumentException(
          "'" + name + "' is no step of a path: it is charged for a " + cost.unit()
              + " already; write one of " + operations(kernel.costs()));
    }
    Stage work = kernel.work(hook(name), name);
    if (cost.unit().equals(CONNECTION)) {
      return List.of(kernel.firstPacket(hook(name), work));
    }
    return headers(name, kernel).map(wrap -> List.of(work, wrap)).orElse(List.of(work));
  }

  private static Stage end(String name, Stage.Condition when, Stage... last) {
    return new Stage.Branch(Hook.FORWARD, name, when, Datapath.of(name, last));
  }

  /** The headers that come and go with an operation of a tunnel. */
  private static Optional<Stage> headers(String name, Kernel kernel) {
    boolean in = name.endsWith(ENCAPSULATE);
    if (!in && !name.endsWith(DECAPSULATE)) {
      return Optional.empty();
    }
    return Arrays.stream(Encapsulation.values())
        .filter(
            kind -> name.toUpperCase(Locale.ROOT)
                .contains(kind.name() + (in ? " ENCAP" : " DECAP")))
        .findFirst()
        .map(kind -> in ? kernel.wrap(kind) : kernel.unwrap(kind));
  }

  private static List<Stage> chain(PathStep.Chain chain, Kernel kernel) {
    List<Stage> stages = new ArrayList<>();
    for (int i = 0; i < chain.count(); i++) {
      String name = chain.hop().operation();
      stages.add(kernel.work(hook(name), name));
      stages.add(kernel.work(Hook.VETH, "cross second veth"));
    }
    return stages;
  }

  /** Where an operation stands, by the words of its name; all of them are the host's path. */
  private static Hook hook(String name) {
    if (name.contains("veth") || name.equals("loopback")) {
      return Hook.VETH;
    }
    if (name.endsWith(ENCAPSULATE) || name.endsWith(DECAPSULATE) || name.startsWith("provider")) {
      return Hook.TUNNEL;
    }
    if (name.contains("program") || name.contains("peer") || name.contains("eBPF")) {
      return Hook.TC;
    }
    if (name.equals("cross bridge") || name.contains("macvlan")) {
      return Hook.BRIDGE;
    }
    if (name.equals("route")) {
      return Hook.ROUTE;
    }
    if (name.equals("queue")) {
      return Hook.QDISC;
    }
    return name.startsWith("OVS") ? Hook.OVS : Hook.PREROUTING;
  }
}
