package org.podpath.experiments.explain;

import java.math.BigDecimal;
import org.podpath.cni.CniCatalog;
import org.podpath.cni.Kernel;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.CoreRole;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.units.Quantity;

/** Container networks as tables: what a packet meets, on which core, and what that costs. */
public final class PathReport {
  private PathReport() {}

  /**
   * The three ways of {@code network} with its own encapsulation and without services and policies,
   * then the TCP stack of its pods; times on the reference core and on {@code profile}.
   *
   * @return lines of at most 120 characters, each with its line end
   */
  public static String text(CniCatalog network, HostProfile profile) {
    Kernel kernel = new Kernel(profile);
    NetworkTables tables = NetworkTables.of(network, kernel);
    PathText text = new PathText(profile);
    text.line(network.id() + ": " + network.summary());
    text.line("");
    text.line("  between hosts   " + tables.encapsulation());
    text.line("  network policy  " + tables.policies());
    text.line("  times           in ns on the reference core, in ns on " + profile.name() + " (× "
        + plain(profile.slownessRatio()) + "), and there cold:");
    text.line(
        "                  the first packet after " + Quantity.TIME.format(profile.coldIdlePs())
            + " of idle, in the host's namespace × " + plain(profile.coldRatio()));
    text.network(tables.outward());
    text.network(tables.inward());
    tables.local().ifPresentOrElse(text::network, () -> {
      text.line("");
      text.line("pod to pod");
      text.line("  " + NetworkTables.throughTheCard(profile));
    });
    text.line("");
    if (network.hasVerbsAlone()) {
      text.line("What its pods do for each request of up to 64 KiB; their reading core polls");
      NetworkTables.verbs(network, kernel).forEach(text::table);
    } else if (NetworkTables.hasStack(network, kernel)) {
      text.line("The pod's own TCP stack, the same on every network");
      NetworkTables.stack(kernel).forEach(text::table);
    } else {
      text.line("The pod's own TCP stack costs nothing either");
    }
    return text.toString();
  }

  /**
   * The ways of a network that a scenario describes, and what its packets are.
   *
   * @param title what to call it
   */
  public static String text(String title, Network network, HostProfile profile) {
    PathText text = new PathText(profile);
    text.line(title);
    text.line("");
    text.line("  packets  " + network.podMtuBytes() + " bytes of a pod, "
        + network.wireMtuBytes() + " on the wire; "
        + (network.sendsTrains()
            ? "streams pass as single frames, host stages × " + plain(profile.trainRatio())
            : "streams pass as super-packets of up to " + network.stack().superPacketBytes()
                + " bytes"));
    Cni cni = network.cni();
    if (cni.crossesVhost()) {
      text.line(
          "  guest    one for each host; what stands before its card's vhost thread, and behind its"
              + " interrupt, is its own");
    }
    text.network(PathTable.of(cni.send(), CoreRole.APP, NetworkTables.SUPER_PACKET));
    text.network(PathTable.of(cni.receive(), CoreRole.SOFTIRQ, NetworkTables.SUPER_PACKET));
    cni.sameHost()
        .ifPresent(
            way -> text.network(PathTable.of(way, CoreRole.APP, NetworkTables.SUPER_PACKET)));
    return text.toString();
  }

  /** The page {@code PATHS.md}: every network of the catalogue, in Markdown. */
  public static String page() {
    return PathsPage.markdown();
  }

  private static String plain(double ratio) {
    return BigDecimal.valueOf(ratio).stripTrailingZeros().toPlainString();
  }
}
