package org.podpath.experiments.scenario;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.podpath.engine.cluster.Cable;
import org.podpath.engine.cluster.Fabric;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.cluster.SingleSwitch;
import org.podpath.engine.cluster.Site;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Default;
import org.podpath.experiments.yaml.InvalidParameters;
import org.podpath.experiments.yaml.Itself;
import org.podpath.experiments.yaml.PlainNumber;
import org.podpath.experiments.yaml.Range;

/**
 * The shape of the network.
 *
 * <p>To add one: a record here with its parameters, which makes the engine's {@link Fabric}.
 */
@Explain("The shape of the network; a word or one of these.")
public sealed interface FabricSpec {

  /**
   * The shape for so many hosts; empty where a file draws it.
   *
   * @param gpus of each host
   */
  Optional<Fabric> shape(int hosts, int gpus);

  /** How many hosts there are if the scenario does not say. */
  default OptionalInt usualHosts() {
    return OptionalInt.empty();
  }

  /** Speed of links between switches; empty: that of network cards. */
  default OptionalLong uplinkBitsPerSecond() {
    return OptionalLong.empty();
  }

  /** What each shape is, by the word or key that it is written with. */
  static Map<String, String> catalogue() {
    return ParameterText.choices(FabricSpec.class);
  }

  /** Shapes that are also one site of several. */
  @Explain("The shape of each site; a word or one of these.")
  sealed interface OneSite permits Plain, LeafSpine {
    /** The shape for so many hosts. */
    Site site(int hosts);

    /** How many hosts there are if the scenario does not say. */
    OptionalInt usualHosts();

    /** Speed of links between switches; empty: that of network cards. */
    OptionalLong uplinkBitsPerSecond();
  }

  /** Shapes without numbers. */
  enum Plain implements FabricSpec, OneSite {
    /** One switch. */
    @Explain("Every host on one switch.") SINGLE;

    @Override
    public Optional<Fabric> shape(int hosts, int gpus) {
      return Optional.of(site(hosts));
    }

    @Override
    public Site site(int hosts) {
      return new SingleSwitch();
    }

    @Override
    public OptionalInt usualHosts() {
      return OptionalInt.empty();
    }

    @Override
    public OptionalLong uplinkBitsPerSecond() {
      return OptionalLong.empty();
    }
  }

  /** Two layers. */
  @Explain("Hosts on leaf switches, filled one after the other; every leaf joined to every spine.")
  record LeafSpine(
      @Explain("Leaf switches.") @Range(least = 1, most = 2_048) int leaves,
      @Explain("Spine switches: so many ways lead from leaf to leaf.")
      @Range(least = 1, most = 128) int spines,
      @Explain("Ports for hosts on each leaf.")
      @Default("as many as it takes for the hosts")
      @Range(least = 1, most = 65_536) OptionalInt hostsPerLeaf,
      @Explain("Speed of links between leaves and spines; a leaf is oversubscribed by"
          + " hosts-per-leaf times nic over spines times uplink.")
      @Default("that of a network card")
      @Range(least = 1_000_000, most = 8_000_000_000_000L) OptionalLong uplinkBitsPerSecond)
      implements FabricSpec, OneSite {
    @Override
    public Optional<Fabric> shape(int hosts, int gpus) {
      return Optional.of(site(hosts));
    }

    @Override
    public Site site(int hosts) {
      int perLeaf = hostsPerLeaf.orElse(Math.max(1, Math.ceilDiv(hosts, leaves)));
      return new org.podpath.engine.cluster.LeafSpine(leaves, spines, perLeaf);
    }

    @Override
    public OptionalInt usualHosts() {
      return hostsPerLeaf.isPresent()
          ? OptionalInt.of(leaves * hostsPerLeaf.getAsInt())
          : OptionalInt.empty();
    }
  }

  /** Three layers of equal switches. */
  @Explain("A k-ary fat-tree: three layers of switches with k ports, k³/4 hosts.")
  record FatTree(
      @Explain("Ports of a switch, an even number.") @Range(least = 2, most = 64) int k,
      @Explain("Hosts on each edge switch over k/2: with 2, there are twice the hosts, k³/2.")
      @Default("1") @Range(most = 64) double oversubscriptionRatio,
      @Explain("Speed of links between switches.")
      @Default("that of a network card")
      @Range(least = 1_000_000, most = 8_000_000_000_000L) OptionalLong uplinkBitsPerSecond)
      implements FabricSpec {
    public FatTree {
      if (k % 2 != 0) {
        throw new InvalidParameters("k", k + " ports have no half; write " + (k - 1) + " or "
            + (k + 1));
      }
      double perEdge = oversubscriptionRatio * k / 2;
      if (perEdge < 1 || perEdge != Math.rint(perEdge)) {
        throw new InvalidParameters("oversubscription", oversubscriptionRatio + " times " + k / 2
            + " (k/2) hosts on an edge switch is " + perEdge + "; write a ratio that makes it a"
            + " whole number above 0");
      }
    }

    @Override
    public Optional<Fabric> shape(int hosts, int gpus) {
      return Optional.of(new org.podpath.engine.cluster.FatTree(k, hostsPerEdge()));
    }

    @Override
    public OptionalInt usualHosts() {
      return OptionalInt.of(k * k / 2 * hostsPerEdge());
    }

    private int hostsPerEdge() {
      return (int) Math.rint(oversubscriptionRatio * k / 2);
    }
  }

  /** A switch for each GPU index. */
  @Explain("A network card for each GPU of a host, card i of every host on switch rail i; rails"
      + " joined by spines. Pods without a GPU use the cards in turn.")
  record RailOptimised(
      @Explain("Network cards of each host, and rails; the pod with the host's GPU i uses card i,"
          + " modulo their number.")
      @Default("as many as GPUs") @Range(least = 1, most = 64) OptionalInt rails,
      @Explain("Spine switches, each joined to every rail.")
      @Range(least = 1, most = 128) int spines,
      @Explain("Speed of links between rails and spines.")
      @Default("that of a network card")
      @Range(least = 1_000_000, most = 8_000_000_000_000L) OptionalLong uplinkBitsPerSecond)
      implements FabricSpec {
    @Override
    public Optional<Fabric> shape(int hosts, int gpus) {
      return Optional.of(
          new org.podpath.engine.cluster.RailOptimised(rails.orElse(gpus), spines));
    }
  }

  /** Two of a shape, far apart. */
  @Explain("Two sites, the first half of the hosts on one, the others on the other, joined by a"
      + " long link.")
  record TwoSites(
      @Explain("The shape of each site.") @Default("single") OneSite site,
      @Explain("Speed of the link between the sites.")
      @Range(least = 1_000_000, most = 8_000_000_000_000L) long wanBitsPerSecond,
      @Explain("Time that a bit takes along it.")
      @Range(most = 1_000_000_000_000L) long wanDelayPs,
      @Explain("Largest IP packet on it, in bytes.")
      @Default("what the other links take") @PlainNumber
      @Range(least = 576, most = 65_535) OptionalInt wanMtuBytes) implements FabricSpec {
    @Override
    public Optional<Fabric> shape(int hosts, int gpus) {
      Cable wan =
          new Cable(wanBitsPerSecond, wanDelayPs, wanMtuBytes.orElse(Link.ANY_MTU_BYTES));
      return Optional.of(
          new org.podpath.engine.cluster.TwoSites(site.site(Math.ceilDiv(hosts, 2)), wan));
    }

    @Override
    public OptionalInt usualHosts() {
      OptionalInt each = site.usualHosts();
      return each.isPresent() ? OptionalInt.of(2 * each.getAsInt()) : each;
    }

    @Override
    public OptionalLong uplinkBitsPerSecond() {
      return site.uplinkBitsPerSecond();
    }
  }

  /** A shape of one's own. */
  @Explain("Switches and links as a YAML file beside the scenario lists them.")
  record File(
      @Explain("Switches and links as a YAML file beside the scenario lists them.")
      @Itself String name) implements FabricSpec {
    @Override
    public Optional<Fabric> shape(int hosts, int gpus) {
      return Optional.empty();
    }
  }
}
