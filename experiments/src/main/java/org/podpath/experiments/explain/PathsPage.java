package org.podpath.experiments.explain;

import java.util.Arrays;
import java.util.List;
import org.podpath.cni.CniCatalog;
import org.podpath.cni.Encryption;
import org.podpath.cni.Kernel;
import org.podpath.cni.Machine;
import org.podpath.cni.PacketSteering;
import org.podpath.cni.Profiles;
import org.podpath.cni.Underlay;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.CoreRole;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.Stage;

/** Every network's paths as a page in Markdown. */
final class PathsPage {
  private static final String OPENING =
      """
          # The path of a packet

          <!-- Made from the lists of stages by PathsPageTest; change those, not this page. -->

          One table for each way through a host, read from top to bottom like the kernel's path:
          where a stage stands, what it does, whose core it runs on, what it is charged for, and
          its time in nanoseconds.

          * Times are those of the profile `ref`, the reference core, warm; waits are its, too. On
            another host times are multiplied by its slowness, and in the host's namespace by its
            cold factor for the first packet after an idle gap.
          * A super-packet is what the kernel carries as one: up to 64 KiB on the way out, what
            GRO joins on the way in. The network card sees frames, and so do cores that poll.
          * Rules are those of a node without services and policies. Both lengthen the rows that
            name rules, and the detour `↳` that the first packet of a connection takes.
          * `app` is the core of the process that sends or reads, `softirq` the one that takes the
            network card's interrupts, or those of a pod behind a switch that polls or of a guest;
            `polling` is a core of the host that does nothing but poll, `vhost` one that runs vhost
            threads.
          * What an operation costs, within which limits and by whose word, stands in
            [kernel-costs.csv](src/main/resources/org/podpath/cni/kernel-costs.csv).
          """;

  private PathsPage() {}

  static String markdown() {
    HostProfile profile = Profiles.of("ref");
    Kernel kernel = new Kernel(profile);
    PathMarkdown page = new PathMarkdown();
    page.paragraph(OPENING.strip());
    overview(page, kernel);
    for (CniCatalog network : CniCatalog.values()) {
      network(page, NetworkTables.of(network, kernel), profile);
    }
    machines(page, kernel);
    underlays(page, kernel);
    encryption(page, kernel);
    steering(page, kernel);
    page.paragraph("## The pod's own TCP stack");
    page.paragraph("The same on every network that has TCP" + withoutStack(kernel) + ".");
    NetworkTables.stack(kernel).forEach(page::table);
    page.paragraph("## Verbs");
    page.paragraph(
        "What pods do for each request of up to 64 KiB with `transport: roce`, whose frames are\n"
            + "made and taken by the card: on `roce` and `sriov` this, and on `freeflow` the\n"
            + "second. Their reading core polls.");
    NetworkTables.verbs(CniCatalog.ROCE, kernel).forEach(page::table);
    NetworkTables.verbs(CniCatalog.FREEFLOW, kernel).stream().limit(1).forEach(page::table);
    return page.toString();
  }

  private static String withoutStack(Kernel kernel) {
    List<String> free =
        Arrays.stream(CniCatalog.values())
            .filter(network -> !NetworkTables.hasStack(network, kernel))
            .map(CniCatalog::id)
            .toList();
    return free.isEmpty() ? "" : "; on `" + String.join("`, `", free) + "` it costs nothing";
  }

  private static void overview(PathMarkdown page, Kernel kernel) {
    page.paragraph("## All networks");
    page.paragraph(
        "Nanoseconds of a super-packet in the host's namespace, or of a frame on a core that\n"
            + "polls, and what is added to them on both hosts together by the first packet of a\n"
            + "connection.");
    page.paragraph(
        "| network | encapsulation | bytes added | pod to wire | wire to pod | pod to pod |"
            + " first packet |\n|---|---|--:|--:|--:|--:|--:|");
    for (CniCatalog network : CniCatalog.values()) {
      NetworkTables tables = NetworkTables.of(network, kernel);
      page.row(
          "[" + network.id() + "](#" + network.id() + ")",
          network.encapsulations().getFirst().inWords(),
          Integer.toString(tables.headerBytes()),
          inHost(tables.outward()),
          inHost(tables.inward()),
          tables.local().map(PathsPage::inHost).orElse("by the card"),
          PathTable.ns(
              tables.outward().firstOfConnectionPs() + tables.inward().firstOfConnectionPs()));
    }
  }

  private static String inHost(PathTable way) {
    return way.polledPs() == 0
        ? PathTable.ns(way.hostPs())
        : PathTable.ns(way.polledPs()) + " a frame";
  }

  /** One network in a guest; on every other its own stages stand in the place of these. */
  private static void machines(PathMarkdown page, Kernel kernel) {
    page.paragraph("## Virtual machines");
    page.paragraph(
        "With `cluster.machine: kvm` the pods of a host run in one guest: its stages are those of\n"
            + "the network, 1.1 times as long, then its card's. A vhost thread takes packets to the\n"
            + "host's kernel and from it, on a core where nothing else runs. With `kvm-posted` the\n"
            + "processor posts interrupts, which takes less than an injection. This is `cilium` in a\n"
            + "guest. With `neutron-hybrid` its stages stand between the vhost thread and the card,\n"
            + "and the guest has none; a function of the card (`sriov`) and a port of a switch that\n"
            + "polls (`ovs-dpdk`) need no vhost thread, but their interrupts are injected or posted.");
    Cni guest = CniCatalog.CILIUM.plain(kernel.within(Machine.KVM));
    page.network(PathTable.of(guest.send(), CoreRole.APP, NetworkTables.SUPER_PACKET));
    page.network(PathTable.of(guest.receive(), CoreRole.SOFTIRQ, NetworkTables.SUPER_PACKET));
  }

  /** What each adds to a network that it can carry; the same to every one. */
  private static void underlays(PathMarkdown page, Kernel kernel) {
    page.paragraph("## The provider's network");
    page.paragraph(
        "What carries the packets of hosts (`network.underlay`), around any container network:"
            + " next to the\nnetwork card, at each end. Nanoseconds of a super-packet.");
    page.paragraph(
        "| underlay | bytes added | of the MTU | pod to wire | wire to pod |\n"
            + "|---|--:|--:|--:|--:|");
    Cni own = CniCatalog.CILIUM.plain(kernel);
    for (Underlay underlay : Underlay.values()) {
      Cni carried = underlay.carrying(own, kernel);
      page.row(
          underlay.inWords(),
          Integer.toString(underlay.headerBytes()),
          Integer.toString(carried.send().headerBytes() - own.send().headerBytes()),
          PathTable.ns(hostPs(carried.send()) - hostPs(own.send())),
          PathTable.ns(hostPs(carried.receive()) - hostPs(own.receive())));
    }
  }

  /** What ESP adds to the networks that know it. */
  private static void encryption(PathMarkdown page, Kernel kernel) {
    page.paragraph("## Encryption");
    page.paragraph(
        "With `network.encryption: ipsec` the last step of a node before its network card, and the first\n"
            + "behind it, add this to a packet; all flows of two hosts come to one receive queue.");
    page.paragraph(
        "| network | bytes added | pod to wire | wire to pod |\n" + "|---|--:|--:|--:|");
    for (CniCatalog network : CniCatalog.values()) {
      if (network.encrypts()) {
        Cni own = network.plain(kernel);
        Cni hidden = network.encrypted(Encryption.IPSEC, own, kernel);
        page.row(
            network.id(),
            Integer.toString(hidden.send().headerBytes() - own.send().headerBytes()),
            psPerByte(hidden.send()) - psPerByte(own.send()) + " ps a byte",
            psPerByte(hidden.receive()) - psPerByte(own.receive()) + " ps a byte");
      }
    }
  }

  /** One network with it; on every other it stands in the same place. */
  private static void steering(PathMarkdown page, Kernel kernel) {
    page.paragraph("## Receive packet steering");
    page.paragraph(
        "With `cluster.rps-cpus` the CPU that polls frames hands what GRO has joined to the backlog of\n"
            + "another one, which the flow's hash chooses out of the list. This is `cilium` with it.");
    Cni steered = PacketSteering.of(CniCatalog.CILIUM.plain(kernel), kernel);
    page.network(
        PathTable.of(steered.receive(), CoreRole.SOFTIRQ, NetworkTables.SUPER_PACKET));
  }

  private static long psPerByte(Datapath way) {
    return way.stages()
        .stream()
        .mapToLong(stage -> stage instanceof Stage.Work work ? work.cost().psPerByte() : 0)
        .sum();
  }

  private static long hostPs(Datapath way) {
    return PathTable.of(way, CoreRole.APP, "super-packet").hostPs();
  }

  private static void network(PathMarkdown page, NetworkTables tables, HostProfile profile) {
    page.paragraph("## " + tables.network().id());
    page.paragraph(
        sentence(tables.network().summary()) + "\nBetween hosts: " + tables.encapsulation()
            + ".\nNetwork policies are " + tables.policies() + ".");
    page.network(tables.outward());
    page.network(tables.inward());
    tables.local().ifPresentOrElse(page::network, () -> {
      page.paragraph("### pod to pod");
      page.paragraph(sentence(NetworkTables.throughTheCard(profile)));
    });
  }

  private static String sentence(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
  }
}
