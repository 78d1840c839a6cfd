package org.podpath.experiments.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.engine.cluster.Cable;
import org.podpath.engine.cluster.Equipment;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.cluster.LeafSpine;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.cluster.Switch;
import org.podpath.engine.cluster.Topology;
import org.podpath.experiments.WrongInput;

/** Networks drawn by hand: what they become, and what is wrong with them. */
class TopologyFileTest {
  private static final long NIC = 10_000_000_000L;
  private static final HostProfile PROFILE =
      new HostProfile("any", 1, 1, 0, 0, 0, NIC, 9000, 1, NIC, 0);
  private static final Cable USUAL = new Cable(NIC, 250_000, 9000);
  private static final PortQueues QUEUES = PortQueues.fifo(1_000_000);
  /** Packets of 1,500 bytes take 1,538 on a wire. */
  private static final int PACKET_BYTES = 1500;
  private static final int FRAME_BYTES = 1538;

  /** Eight lines; rows of faults replace one. Two leaves under a spine, a host on each. */
  private static final String SMALL = """
      # Two leaves under a spine
      switches: {leaf0: {}, leaf1: {}, spine0: {}}
      cards: 1
      links:
        - {from: host0, to: leaf0}
        - {from: host1, to: leaf1}
        - {from: leaf0, to: spine0}
        - {from: leaf1, to: spine0}
      """;

  @TempDir
  Path folder;

  @Test
  void whatTheFileDoesNotSayIsAsUsual() {
    Topology drawn = read(SMALL, 2);
    Topology shape =
        new LeafSpine(2, 1, 1).topology(hosts(2), new Equipment(USUAL, USUAL, 500_000, QUEUES));

    assertThat(drawn.switches()).isEqualTo(shape.switches());
    assertThat(drawn.links()).extracting(TopologyFileTest::withoutId)
        .containsExactlyInAnyOrderElementsOf(
            shape.links().stream().map(TopologyFileTest::withoutId).toList());
  }

  private static Link withoutId(Link link) {
    return new Link(0, link.name(), link.from(), link.to(), link.bitsPerSecond(), link.delayPs(),
        link.mtuBytes());
  }

  /**
   * 40 km of 5 ns a metre and 1 us in the switch: 201 us; back without the switch's microsecond.
   */
  @Test
  void whatTheFileSaysIsTaken() {
    Topology drawn = read("""
        switches:
          a: {latency: 1us, ports: {buffer: 2MB, ecn: {step: 5kB}}}
          b: {latency: 0s}
        links:
          - {from: host0, to: a, rate: 100Gbps, length: 40km, mtu: 1600}
          - {from: host1, to: b, delay: 2us}
          - {from: a, to: b}
        """, 2);

    assertThat(drawn.links().subList(0, 4)).containsExactly(
        new Link(0, "host0.up", 0, 2, 100_000_000_000L, 201_000_000, 1600),
        new Link(1, "host0.down", 2, 0, 100_000_000_000L, 200_000_000, 1600),
        new Link(2, "host1.up", 1, 3, NIC, 2_000_000, 9000),
        new Link(3, "host1.down", 3, 1, NIC, 2_000_000, 9000));
    assertThat(drawn.switches()).containsExactly(
        new Switch(0, "a", 1_000_000,
            PortQueues.fifo(2_000_000).with(new PortQueues.Marking.Step(5_000))),
        new Switch(1, "b", 0, QUEUES));
  }

  @Test
  void severalCablesAreSeveralWays() {
    Topology drawn =
        read(SMALL.replace("from: leaf0, to: spine0", "from: leaf0, to: spine0, count: 3"), 2);

    assertThat(drawn.links()).extracting(Link::name)
        .contains("leaf0.spine0#0", "leaf0.spine0#2", "spine0.leaf0#2", "leaf1.spine0");
    assertThat(drawn.routes().choices(2, 1)).hasSize(3);
  }

  @Test
  void theLinksOfAHostAreThoseOfItsCardsInOrder() {
    Topology drawn = read("""
        switches: {rail0: {}, rail1: {}}
        cards: 2
        links:
          - {from: host0, to: rail0}
          - {from: rail1, to: host0}
          - {from: host1, to: rail0}
          - {from: host1, to: rail1}
        """, 2);

    assertThat(drawn.cardsPerHost()).isEqualTo(2);
    assertThat(names(drawn, 0, 2)).containsExactly("host0.card0.up", "host1.card0.down");
    assertThat(names(drawn, 3, 1)).containsExactly("host1.card1.up", "host0.card1.down");
  }

  @Test
  void twoHostsMayBeJoinedWithoutASwitch() {
    Topology drawn = read("links: [{from: host0, to: host1}]\n", 2);

    assertThat(names(drawn, 0, 1)).containsExactly("host0.host1");
    assertThat(names(drawn, 1, 0)).containsExactly("host1.host0");
  }

  /** A ring of one-way links: from a to b it is one link, from b to a two, by way of c. */
  @Test
  void aLinkMayLeadOneWay() {
    Topology drawn = read("""
        switches: {a: {}, b: {}, c: {}}
        links:
          - {from: host0, to: a}
          - {from: host1, to: b}
          - {from: a, to: b, one-way: true}
          - {from: b, to: c, one-way: true}
          - {from: c, to: a, one-way: true}
        """, 2);

    assertThat(names(drawn, 0, 1)).containsExactly("host0.up", "a.b", "host1.down");
    assertThat(names(drawn, 1, 0)).containsExactly("host1.up", "b.c", "c.a", "host0.down");
  }

  private static List<String> names(Topology topology, int fromCard, int toCard) {
    return Arrays.stream(topology.routes().links(fromCard, toCard, 0))
        .mapToObj(id -> topology.links().get(id).name())
        .toList();
  }

  /** Each row replaces the line of that number; 9 comes after the last. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "5 | `  - {from: host0, to: leef0}` | 5 | to: no switch and no host 'leef0'; write 'leaf0',"
          + " or one of [leaf0, leaf1, spine0] or of [host0, …, host1]",
      "9 | `  - {from: host2, to: leaf0}` | 9 | from: no switch and no host 'host2'; write one of"
          + " [leaf0, leaf1, spine0] or of [host0, …, host1]",
      "9 | `  - {from: leaf0, to: leaf0}` | 9 | to: 'leaf0' is the other end too; write another",
      "9 | `  - {from: spine0, to: leaf1}` | 9 | links: spine0 and leaf1 are joined already at"
          + " clos.yaml:8; write it once, with count: … if there are several cables",
      "9 | `  - {from: host0, to: leaf1}` | 9 | links: host0 has room for 1 links and this is"
          + " number 2; write cards: 2, or fewer links",
      "6 | `  - {from: leaf1, to: leaf0}` | 4 | links: host1 has none; write one each way for each"
          + " of its network cards (cards: 1)",
      "6 | `  - {from: host1, to: leaf1, one-way: true}` | 4 | links: host1 has 1 from it and 0 to"
          + " it; write one each way for each of its network cards (cards: 1)",
      "2 | switches: {leaf0: {}, leaf1: {}, spine0: {}, spine1: {}} | 2 | spine1: no link leads to"
          + " it; write one, or drop the switch",
      "5 | `  - {from: host0, to: leaf0, mtu: 1400}` | 5 | mtu: 1400 bytes are too few for packets"
          + " of 1500; write at least that, or a smaller network.pod-mtu into the scenario",
      "5 | `  - {from: host0, to: leaf0, mtu: 500}` | 5 | mtu: '500' is not a whole number from 576"
          + " to 65535; write one",
      "5 | `  - {from: host0, to: leaf0, rate: 0Gbps}` | 5 | rate: '0Gbps' is too small; write at"
          + " least 1Mbps",
      "5 | `  - {from: host0, to: leaf0, delay: 1us, length: 3m}` | 5 | length: delay says already"
          + " how long a bit takes; write one of the two",
      "5 | `  - {from: host0, to: leaf0, count: 0}` | 5 | count: '0' is not a whole number from 1"
          + " to 128; write one",
      "5 | `  - {from: host0}` | 5 | missing key 'to'; write 'to: …' (Switch or host at the other"
          + " end.)",
      "5 | `  - {from: host0, too: leaf0, to: leaf0}` | 5 | unknown key 'too' (from, to, rate,"
          + " delay, length, mtu, one-way, count); write 'to'",
      "2 | switches: {leaf0: {ports: {buffer: 1kB}}, leaf1: {}, spine0: {}} | 2 | buffer: 1000"
          + " bytes hold no packet, which takes up to 1538 on the wire; write at least 1538B",
      "2 | switches: {leaf0: {latency: -1ns}, leaf1: {}, spine0: {}} | 2 | latency: '-1ns' is"
          + " negative; write a time of at least 0",
      "3 | cards: 0 | 3 | cards: '0' is not a whole number from 1 to 64; write one",
      "3 | colour: red | 3 | unknown key 'colour' (switches, links, cards); write one of these",
      "1 | a: ] | 1 | not YAML: expected the node content, but found ']'; write YAML, with values"
          + " that hold one of : # { } [ ] , & * in quotes",
  })
  void aFaultIsReportedAtItsLine(int number, String line, int faultLine, String fault) {
    List<String> lines = new ArrayList<>(SMALL.lines().toList());
    lines.add("");
    lines.set(number - 1, line);

    assertThat(faults(String.join("\n", lines), 2))
        .containsExactly("clos.yaml:" + faultLine + ": " + fault);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "a.b | 'a.b' is not a name; write letters, digits, '-' and '_', the first a letter or digit",
      "host7 | is the name of a host; write another",
  })
  void aSwitchNeedsANameOfItsOwn(String name, String fault) {
    assertThat(faults(SMALL.replace("leaf0", name), 2))
        .contains("clos.yaml:2: " + name + ": " + fault);
  }

  @Test
  void faultsOfEveryKindAreReportedTogether() {
    assertThat(faults("""
        switches: {a: {}, b: {}}
        links:
          - {from: host0, to: c}
          - {from: a, to: a}
          - {from: host1, to: a, mtu: 1000}
        """, 2)).containsExactly(
        "clos.yaml:1: b: no link leads to it; write one, or drop the switch",
        "clos.yaml:3: to: no switch and no host 'c'; write one of [a, b] or of [host0, …, host1]",
        "clos.yaml:4: to: 'a' is the other end too; write another",
        "clos.yaml:5: mtu: 1000 bytes are too few for packets of 1500; write at least that, or a"
            + " smaller network.pod-mtu into the scenario");
  }

  @Test
  void twoHostsOfOneHundredWithoutALinkAreBothNamed() {
    String links = IntStream.range(0, 98)
        .mapToObj(host -> "  - {from: host" + host + ", to: a}\n")
        .reduce("", String::concat);

    assertThat(faults("switches: {a: {}}\nlinks:\n" + links, 100)).hasSize(2)
        .allMatch(fault -> fault.matches("clos.yaml:2: links: host9[89] has none; .*"));
  }

  /** One to three places of a good file are cut out or overwritten with what matters in it. */
  @Test
  void everyMutilatedFileIsReadOrRefusedInLinesOfTheUsualForm() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    List<String> pieces =
        List.of("", "\n", ":", "- ", "{", "}", "]", "host0", "leaf0", "0", "9", "count: 2", "#");

    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder(SMALL);
      for (int cuts = 1 + random.nextInt(3); cuts > 0; cuts--) {
        int from = random.nextInt(text.length());
        int to = Math.min(text.length(), from + random.nextInt(8));
        text.replace(from, to, pieces.get(random.nextInt(pieces.size())));
      }
      try {
        assertThat(read(text.toString(), 2).links()).isNotEmpty();
      } catch (WrongInput wrong) {
        assertThat(wrong.lines()).as(text.toString())
            .allMatch(line -> line.matches("\\S*clos\\.yaml:\\d+: .+; .+|… and .*"));
      }
    }
  }

  @Test
  void theExampleOfTheReferenceIsANetwork() {
    String page = ScenarioReference.markdown();
    String example = page.substring(page.indexOf("switches: {"));

    assertThat(read(example.substring(0, example.indexOf("```")), 2).links()).hasSize(8);
  }

  private Topology read(String text, int hosts) {
    Path file = Scenarios.write(folder, "clos.yaml", text);
    Equipment usual = new Equipment(USUAL, USUAL, 500_000, QUEUES);
    return TopologyReader
        .read(file, new Surroundings(hosts(hosts), usual, PACKET_BYTES, FRAME_BYTES));
  }

  private List<String> faults(String text, int hosts) {
    return catchThrowableOfType(WrongInput.class, () -> read(text, hosts)).lines()
        .stream()
        .map(line -> line.replace(folder + "/", ""))
        .toList();
  }

  private static List<Host> hosts(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            id -> new Host(
                id, "host" + id, PROFILE, 2, false,
                org.podpath.engine.cluster.Receive.RSS, 2))
        .toList();
  }
}
