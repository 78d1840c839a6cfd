package org.podpath.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every fabric, and the names in each. */
class FabricTest {

  @Test
  void everyKindOfFabricHasAnExample() {
    assertThat(Fabrics.examples().stream().map(e -> (Object) e.fabric().getClass()))
        .containsAll(kinds(Fabric.class).toList());
  }

  private static Stream<Class<?>> kinds(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(FabricTest::kinds)
        : Stream.of(type);
  }

  @ParameterizedTest
  @MethodSource("org.podpath.engine.cluster.Fabrics#examples")
  void everyCardReachesEveryOtherAndEndsWhereItShould(Fabrics.Example example) {
    Topology topology = example.topology();
    int cards = example.hosts() * example.fabric().cardsPerHost();

    for (int from = 0; from < cards; from++) {
      for (int to = 0; to < cards; to++) {
        int node = from;
        for (int id : topology.routes().links(from, to, 31 * from + to)) {
          assertThat(topology.links().get(id).from()).isEqualTo(node);
          node = topology.links().get(id).to();
        }
        assertThat(node).isEqualTo(to);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.podpath.engine.cluster.Fabrics#examples")
  void everyLinkHasItsPartnerOfTheSameCable(Fabrics.Example example) {
    Topology topology = example.topology();

    for (Link link : topology.links()) {
      assertThat(topology.links())
          .filteredOn(back -> back.from() == link.to() && back.to() == link.from())
          .singleElement()
          .satisfies(back -> {
            assertThat(back.bitsPerSecond()).isEqualTo(link.bitsPerSecond());
            assertThat(back.mtuBytes()).isEqualTo(link.mtuBytes());
            assertThat(wirePs(topology, back)).isEqualTo(wirePs(topology, link));
          });
    }
  }

  /** What is left of a link's delay without the latency of the switch that it leads to. */
  private static long wirePs(Topology topology, Link link) {
    Switch end = topology.switchAt(link.to());
    return link.delayPs() - (end == null ? 0 : end.latencyPs());
  }

  @ParameterizedTest
  @MethodSource("org.podpath.engine.cluster.Fabrics#examples")
  void everyLinkAndSwitchHasANameOfItsOwnAndItsPositionAsId(Fabrics.Example example) {
    Topology topology = example.topology();

    assertThat(topology.links()).extracting(Link::name).doesNotHaveDuplicates();
    assertThat(topology.switches()).extracting(Switch::name).doesNotHaveDuplicates();
    for (int id = 0; id < topology.links().size(); id++) {
      assertThat(topology.links().get(id).id()).isEqualTo(id);
    }
    for (int id = 0; id < topology.switches().size(); id++) {
      assertThat(topology.switches().get(id).id()).isEqualTo(id);
    }
  }

  @ParameterizedTest
  @MethodSource("org.podpath.engine.cluster.Fabrics#examples")
  void theSameFabricHasTheSameLinks(Fabrics.Example example) {
    assertThat(example.topology().links()).isEqualTo(example.topology().links());
    assertThat(example.topology().switches()).isEqualTo(example.topology().switches());
  }

  @ParameterizedTest
  @MethodSource("org.podpath.engine.cluster.Fabrics#examples")
  void everySwitchQueuesAsTheEquipmentSays(Fabrics.Example example) {
    assertThat(example.topology().switches()).extracting(Switch::queues)
        .containsOnly(Fabrics.EQUIPMENT.queues());
  }

  @Test
  void linksAreCalledByTheirEnds() {
    assertThat(names(new LeafSpine(2, 1, 1), 2)).containsExactly(
        "host0.up", "host1.up", "host0.down", "host1.down",
        "leaf0.spine0", "spine0.leaf0", "leaf1.spine0", "spine0.leaf1");
    assertThat(names(new FatTree(2, 1), 2)).containsExactly(
        "host0.up", "host1.up", "host0.down", "host1.down", "edge0.agg0", "agg0.edge0",
        "edge1.agg1", "agg1.edge1", "agg0.core0", "core0.agg0", "agg1.core0", "core0.agg1");
    assertThat(names(new RailOptimised(2, 1), 1)).containsExactly(
        "host0.card0.up", "host0.card1.up", "host0.card0.down", "host0.card1.down",
        "rail0.spine0", "spine0.rail0", "rail1.spine0", "spine0.rail1");
    assertThat(names(new TwoSites(new SingleSwitch(), Fabrics.WAN), 2)).containsExactly(
        "host0.up", "host1.up", "host0.down", "host1.down", "site0.wan", "site1.wan");
    assertThat(names(new TwoSites(new LeafSpine(1, 2, 1), Fabrics.WAN), 2))
        .contains("site1.leaf0.spine1", "site1.spine1.leaf0", "site0.spine1.border");
  }

  private static List<String> names(Fabric fabric, int hosts) {
    return fabric.topology(Fabrics.hosts(hosts), Fabrics.EQUIPMENT)
        .links()
        .stream()
        .map(Link::name)
        .toList();
  }

  /** 250 ns of wire and 500 ns of the leaf; 1 µs and 500 ns of the spine; down, the wire alone. */
  @Test
  void theDelayOfALinkIsItsWireAndTheSwitchThatItLeadsTo() {
    Topology topology = new LeafSpine(2, 1, 1).topology(Fabrics.hosts(2), Fabrics.EQUIPMENT);

    assertThat(Arrays.stream(topology.routes().links(0, 1, 0))
        .mapToObj(topology.links()::get)
        .map(Link::delayPs))
            .containsExactly(750_000L, 1_500_000L, 1_500_000L, 250_000L);
  }

  @Test
  void moreHostsThanPortsAreRefusedWithTheSum() {
    assertThatIllegalArgumentException().isThrownBy(() -> names(new LeafSpine(2, 2, 4), 9))
        .withMessage("9 hosts do not fit: 2 leaves of 4 hosts take 8");
    assertThatIllegalArgumentException().isThrownBy(() -> names(new FatTree(4, 2), 17))
        .withMessage("17 hosts do not fit: 8 edge switches (k²/2) of 2 hosts take 16");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> names(new TwoSites(new LeafSpine(2, 1, 3), Fabrics.WAN), 13))
        .withMessage("13 hosts do not fit: 2 sites, each 2 leaves of 3 hosts, take 12");
  }

  @Test
  void shapesThatCannotBeAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new FatTree(5, 2))
        .withMessage("a fat-tree is of switches with an even number of ports: 5");
    assertThatIllegalArgumentException().isThrownBy(() -> new LeafSpine(2, 0, 4))
        .withMessage("a fabric needs at least 1 spine: 0");
    assertThatIllegalArgumentException().isThrownBy(() -> new RailOptimised(0, 1))
        .withMessage("a fabric needs at least 1 rail: 0");
    assertThatIllegalArgumentException().isThrownBy(() -> new Routing.Flowlet(0))
        .withMessage("a gap between bursts takes time: 0 ps");
    assertThatIllegalArgumentException().isThrownBy(() -> new Cable(0, 0, 1500))
        .withMessage("a cable needs a rate above 0 and a delay from 0: 0 bit/s, 0 ps");
  }

  /** 5 ns a metre: 2 km take 10 µs. */
  @Test
  void cableDelaysFiveNanosecondsAMetre() {
    assertThat(Cable.delayPs(2_000_000)).isEqualTo(10_000_000);
  }
}
