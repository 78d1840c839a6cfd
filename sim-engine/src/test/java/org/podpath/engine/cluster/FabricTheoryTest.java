package org.podpath.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Fabrics against what their papers say: lengths and numbers of ways, capacities, even choice. */
class FabricTheoryTest {

  /**
   * Two switches apart: leaf, spine, leaf, so 4 links, one way for each of 4 spines. In a fat-tree
   * of 6 ports, with 5 hosts on an edge switch: 3 ways to another edge switch of the pod (hosts 0
   * and 14), 3·3 to another pod (hosts 0 and 15).
   */
  @ParameterizedTest
  @CsvSource({
      "single, 0, 4, 2, 1",
      "leaf-spine, 0, 2, 2, 1",
      "leaf-spine, 0, 3, 4, 4",
      "leaf-spine, 7, 0, 4, 4",
      "fat-tree, 0, 4, 2, 1",
      "fat-tree, 0, 14, 4, 3",
      "fat-tree, 0, 15, 6, 9",
      "fat-tree, 88, 0, 6, 9",
      "rail, 0, 16, 2, 1",
      "rail, 0, 17, 4, 3",
      "two switches, 0, 2, 2, 1",
      "two switches, 0, 3, 3, 1",
      "two leaf-spines, 0, 5, 4, 2",
      "two leaf-spines, 0, 6, 7, 4",
  })
  void waysAreAsLongAndAsManyAsTheShapeSays(
      String shape, int fromCard, int toCard, int links, int count) {
    List<List<Integer>> ways = Fabrics.ways(topology(shape), fromCard, toCard);

    assertThat(ways).hasSize(count).doesNotHaveDuplicates();
    assertThat(ways).allSatisfy(way -> assertThat(way).hasSize(links));
  }

  private static Topology topology(String shape) {
    Fabrics.Example example = switch (shape) {
      case "single" -> new Fabrics.Example(new SingleSwitch(), 5);
      case "leaf-spine" -> new Fabrics.Example(new LeafSpine(3, 4, 3), 8);
      case "fat-tree" -> new Fabrics.Example(new FatTree(6, 5), 90);
      case "rail" -> new Fabrics.Example(new RailOptimised(4, 3), 5);
      case "two switches" ->
          new Fabrics.Example(new TwoSites(new SingleSwitch(), Fabrics.WAN), 5);
      case "two leaf-spines" ->
          new Fabrics.Example(new TwoSites(new LeafSpine(2, 2, 3), Fabrics.WAN), 12);
      default -> throw new IllegalArgumentException(shape);
    };
    return example.topology();
  }

  /**
   * 8 ports: 32 edge, 32 aggregation and 16 core switches, 128 hosts, 2·(128 + 128 + 128) links.
   */
  @Test
  void aFatTreeOfEightPortsIsThatOfItsPaper() {
    Topology topology = new FatTree(8, 4).topology(Fabrics.hosts(128), Fabrics.EQUIPMENT);
    Map<String, Integer> switches = new TreeMap<>();
    topology.switches()
        .forEach(s -> switches.merge(s.name().replaceAll("\\d", ""), 1, Integer::sum));
    int[] ports = new int[topology.switches().size()];
    topology.links().stream().filter(l -> l.from() >= 128).forEach(l -> ports[l.from() - 128]++);

    assertThat(switches).isEqualTo(Map.of("edge", 32, "agg", 32, "core", 16));
    assertThat(topology.links()).hasSize(768);
    assertThat(ports).containsOnly(8);
  }

  /** 3 hosts of 100 Gb/s over 4 uplinks of 400 Gb/s: 0.1875; 16 of 100 over 2 of 400: 2 to 1. */
  @ParameterizedTest
  @CsvSource({"3, 4, 0.1875", "16, 2, 2", "24, 2, 3", "4, 1, 1"})
  void aLeafIsOversubscribedByItsHostsOverItsUplinks(int hosts, int spines, double ratio) {
    Topology topology =
        new LeafSpine(2, spines, hosts).topology(Fabrics.hosts(2 * hosts), Fabrics.EQUIPMENT);

    assertThat(rate(topology, "host\\d+\\.up") / rate(topology, "leaf\\d+\\.spine\\d+"))
        .isEqualTo(ratio);
  }

  /**
   * With one rate everywhere and k/2 hosts on an edge switch every layer carries as much as all
   * hosts send, and half of them can send to the other half: from pods 0 and 1 to the cores 8 links
   * lead for 8 hosts. With twice the hosts that is 2 to 1.
   */
  @ParameterizedTest
  @CsvSource({"2, 1", "4, 2", "3, 1.5", "1, 0.5"})
  void aFatTreeIsOversubscribedByItsHostsOverHalfItsPorts(int hostsPerEdge, double ratio) {
    Equipment alike =
        new Equipment(Fabrics.EDGE, Fabrics.EDGE, 0, PortQueues.ENDLESS);
    Topology topology =
        new FatTree(4, hostsPerEdge).topology(Fabrics.hosts(8 * hostsPerEdge), alike);

    double fromHosts = rate(topology, "host\\d+\\.up");
    assertThat(fromHosts / rate(topology, "edge\\d+\\.agg\\d+")).isEqualTo(ratio);
    assertThat(fromHosts / rate(topology, "agg\\d+\\.core\\d+")).isEqualTo(ratio);
    assertThat(fromHosts / 2 / rate(topology, "agg[0-3]\\.core\\d+")).isEqualTo(ratio);
  }

  private static double rate(Topology topology, String names) {
    return topology.links()
        .stream()
        .filter(link -> link.name().matches(names))
        .mapToLong(Link::bitsPerSecond)
        .sum();
  }

  /**
   * Pearson: with n equally likely ways the statistic of 1,000 n flows is chi-squared with n − 1
   * degrees of freedom; one fair choice in 10,000 is beyond the bound.
   */
  @ParameterizedTest
  @MethodSource("org.podpath.engine.cluster.Fabrics#examples")
  void flowsSpreadEvenlyOverWholeWays(Fabrics.Example example) {
    Topology topology = example.topology();
    int cards = example.hosts() * example.fabric().cardsPerHost();
    List<List<Integer>> ways = Fabrics.ways(topology, 0, cards - 1);
    double[] flows = new double[ways.size()];
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    for (int flow = 0; flow < 1_000 * flows.length; flow++) {
      int[] way = topology.routes().links(0, cards - 1, random.nextInt());
      flows[ways.indexOf(Arrays.stream(way).boxed().toList())]++;
    }

    double chiSquared = 0;
    for (double n : flows) {
      chiSquared += (n - 1_000) * (n - 1_000) / 1_000;
    }
    assertThat(chiSquared).isLessThanOrEqualTo(
        flows.length == 1
            ? 0
            : new ChiSquaredDistribution(flows.length - 1).inverseCumulativeProbability(0.9999));
  }

  /**
   * Hashes that differ by 1 are as good as random ones: ports are handed out one after the other.
   */
  @Test
  void flowsOfConsecutiveHashesSpreadEvenlyToo() {
    Topology topology = new FatTree(8, 4).topology(Fabrics.hosts(128), Fabrics.EQUIPMENT);
    Map<List<Integer>, Integer> flows = new TreeMap<>(
        (one, other) -> Arrays.compare(
            one.stream().mapToInt(i -> i).toArray(), other.stream().mapToInt(i -> i).toArray()));
    for (int hash = 0; hash < 16_000; hash++) {
      flows.merge(
          Arrays.stream(topology.routes().links(0, 127, hash)).boxed().toList(), 1, Integer::sum);
    }

    double chiSquared =
        flows.values().stream().mapToDouble(n -> (n - 1_000.0) * (n - 1_000) / 1_000).sum();
    assertThat(flows).hasSize(16);
    assertThat(chiSquared)
        .isLessThan(new ChiSquaredDistribution(15).inverseCumulativeProbability(0.9999));
  }

  /** The way back is chosen for itself, but is as long. */
  @ParameterizedTest
  @MethodSource("org.podpath.engine.cluster.Fabrics#examples")
  void theWayBackIsAsLong(Fabrics.Example example) {
    Topology topology = example.topology();
    int cards = example.hosts() * example.fabric().cardsPerHost();

    for (int card = 0; card < cards; card++) {
      assertThat(topology.routes().links(card, 0, 7))
          .hasSameSizeAs(topology.routes().links(0, card, 7));
    }
  }
}
