package org.podpath.experiments.explain;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.podpath.cni.CniCatalog;
import org.podpath.cni.Encapsulation;
import org.podpath.cni.Kernel;
import org.podpath.cni.TcpStack;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.CoreRole;
import org.podpath.engine.datapath.Stack;
import org.podpath.engine.units.Quantity;

/**
 * A network with its own encapsulation, without services and policies, as tables.
 *
 * @param headerBytes that a packet grows by between hosts
 * @param local between two pods of a host; empty: through the network card's embedded switch
 */
record NetworkTables(
    CniCatalog network, int headerBytes, PathTable outward, PathTable inward,
    Optional<PathTable> local) {
  static final String SUPER_PACKET = "super-packet";

  static NetworkTables of(CniCatalog network, Kernel kernel) {
    Cni cni = network.plain(kernel);
    return new NetworkTables(
        network,
        cni.send().headerBytes() + cni.send().tagBytes(),
        PathTable.of(cni.send(), CoreRole.APP, SUPER_PACKET),
        PathTable.of(cni.receive(), CoreRole.SOFTIRQ, SUPER_PACKET),
        cni.sameHost().map(path -> PathTable.of(path, CoreRole.APP, SUPER_PACKET)));
  }

  /** The TCP stack of a pod, the same on every network that has one. */
  static List<PathTable> stack(Kernel kernel) {
    return tables(TcpStack.on(kernel));
  }

  /** What pods of {@code network} do for a verb. */
  static List<PathTable> verbs(CniCatalog network, Kernel kernel) {
    Stack verbs = network.verbs(kernel);
    return List.of(
        PathTable.of(verbs.streamSend(), CoreRole.APP, "verb"),
        PathTable.of(verbs.streamReceive(), CoreRole.APP, "verb"));
  }

  /** Whether pods of {@code network} have a TCP stack that costs something. */
  static boolean hasStack(CniCatalog network, Kernel kernel) {
    return tables(network.stack(kernel))
        .stream()
        .flatMap(table -> table.rows().stream())
        .anyMatch(row -> row.fixedPs() > 0 || row.psPerByte() > 0);
  }

  private static List<PathTable> tables(Stack stack) {
    return List.of(
        PathTable.of(stack.streamSend(), CoreRole.APP, SUPER_PACKET),
        PathTable.of(stack.streamReceive(), CoreRole.SOFTIRQ, SUPER_PACKET),
        PathTable.of(stack.messageSend(), CoreRole.APP, "message"),
        PathTable.of(stack.messageReceive(), CoreRole.SOFTIRQ, "message"),
        PathTable.of(stack.acknowledgementSend(), CoreRole.SOFTIRQ, "ACK"),
        PathTable.of(stack.acknowledgementReceive(), CoreRole.SOFTIRQ, "ACK"),
        PathTable.of(stack.datagramSend(), CoreRole.APP, "datagram"),
        PathTable.of(stack.datagramReceive(), CoreRole.SOFTIRQ, "datagram"));
  }

  /** What is wrapped around packets between hosts, and what can be set instead. */
  String encapsulation() {
    List<Encapsulation> choices = network.encapsulations();
    Encapsulation own = choices.getFirst();
    String headers =
        own == Encapsulation.NONE
            ? "no encapsulation"
            : own.inWords() + ", " + own.headerBytes() + " bytes of headers";
    return choices.size() == 1 ? headers : headers + "; can be set to " + inWords(choices);
  }

  private static String inWords(List<Encapsulation> choices) {
    return choices.stream().skip(1).map(Encapsulation::inWords).collect(Collectors.joining(" or "));
  }

  /** Whether NetworkPolicy has an effect. */
  String policies() {
    return network.enforcesPolicies() ? "enforced" : "not enforced";
  }

  /** The way between pods of a host that has no list of its own. */
  static String throughTheCard(HostProfile profile) {
    return "pod to wire, then the network card's embedded switch ("
        + Quantity.RATE.format(profile.hairpinBitsPerSecond()) + ", "
        + Quantity.TIME.format(profile.hairpinLatencyPs()) + "), then wire to pod";
  }
}
