package org.podpath.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.Hook;
import org.podpath.engine.datapath.Lookup;
import org.podpath.engine.datapath.Match;
import org.podpath.engine.datapath.RuleWriter;
import org.podpath.engine.datapath.Stack;
import org.podpath.engine.datapath.Stage;

class CostTableTest {
  static Stream<NamedCsvRecord> rows() {
    return CostTable.rows("kernel-costs.csv").stream();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyRowLiesWithinItsLimits(NamedCsvRecord row) {
    String value = row.getField("ns").isEmpty() ? row.getField("ps_per_byte") : row.getField("ns");

    assertThat(new BigDecimal(value))
        .isNotNegative()
        .isBetween(new BigDecimal(row.getField("low")), new BigDecimal(row.getField("high")));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyRowSaysWhatItIsChargedForAndWhereItComesFrom(NamedCsvRecord row) {
    assertThat(row.getField("unit")).isNotBlank();
    assertThat(row.getField("source"))
        .matches("(assumption|calibrated|derived|measured|as in [a-z0-9]+)\\b.*");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyRowCostsByPieceOrByByteAndIsNamedSo(NamedCsvRecord row) {
    boolean byByte = row.getField("unit").equals("byte");

    assertThat(row.getField("ps_per_byte").isEmpty()).isEqualTo(!byByte);
    assertThat(row.getField("ns").isEmpty()).isEqualTo(byByte);
  }

  @Test
  void noOperationStandsTwiceForAProfile() {
    assertThat(rows().map(row -> row.getField("operation") + " / " + row.getField("profile")))
        .doesNotHaveDuplicates();
  }

  @Test
  void everyRowOfAProfileReplacesOneForAllAndIsOfAProfileThatExists() {
    List<NamedCsvRecord> own =
        rows().filter(row -> !row.getField("profile").isEmpty()).toList();
    List<String> forAll =
        rows().filter(row -> row.getField("profile").isEmpty())
            .map(row -> row.getField("operation"))
            .toList();

    assertThat(own).extracting(row -> row.getField("operation")).isSubsetOf(forAll);
    assertThat(own).extracting(row -> row.getField("profile")).isSubsetOf(Profiles.names());
  }

  @Test
  void everyRowIsUsed() {
    Set<String> used = new HashSet<>();
    Variants.all().forEach(variant -> {
      for (ServiceProxy proxy : ServiceProxy.values()) {
        Cni cni = variant.with(new NodeRules(1, 1, 1, 1, 1, proxy, true));
        Variants.ways(cni).forEach(way -> collect(way, used));
      }
      variant.underlays().forEach(cni -> collect(cni.send(), used));
      ways(TcpStack.on(variant.kernel())).forEach(way -> collect(way, used));
      ways(variant.network().verbs(variant.kernel())).forEach(way -> collect(way, used));
    });
    Kernel kernel = new Kernel(Profiles.of("ref"));
    for (CniCatalog network : List.of(CniCatalog.CILIUM, CniCatalog.WEAVE)) {
      Cni hidden = network.encrypted(Encryption.IPSEC, network.plain(kernel), kernel);
      Variants.ways(hidden).forEach(way -> collect(way, used));
    }
    Variants.ways(PacketSteering.of(CniCatalog.CILIUM.plain(kernel), kernel))
        .forEach(way -> collect(way, used));
    for (Machine machine : Machine.values()) {
      Cni guest = CniCatalog.CILIUM.plain(kernel.within(machine));
      Variants.ways(guest).forEach(way -> collect(way, used));
    }
    Set<String> unused = new TreeSet<>(rows().map(row -> row.getField("operation")).toList());
    unused.removeAll(used);
    unused.removeAll(spelled());
    unused.removeIf(CostTableTest::agentsDo);

    assertThat(unused).as("operations that no network, no stack, no path and no agent has")
        .isEmpty();
  }

  /** Whether some network's agents write for longer where {@code operation} takes twice as long. */
  private static boolean agentsDo(String operation) {
    CostTable costs = CostTable.of("ref");
    OperationCost row = costs.row(operation);
    CostTable dearer = costs.with(List.of(row.at(2 * row.value())));
    for (CniCatalog network : CniCatalog.values()) {
      for (ServiceProxy proxy : ServiceProxy.values()) {
        NodeRules node = new NodeRules(1, 1, 1, 1, 1, proxy, false);
        List<RuleWriter> before =
            network.ruleWriters(new Kernel(Profiles.of("ref"), costs), node);
        if (!before.equals(network.ruleWriters(new Kernel(Profiles.of("ref"), dearer), node))) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void theRowsOfAProfileStandOverThoseForAll() {
    assertThat(CostTable.of("seed10g").row("rule: comment").cost().fixedPs()).isEqualTo(20_000);
    assertThat(CostTable.of("no profile").row("rule: comment").cost().fixedPs()).isEqualTo(4_500);
    assertThat(CostTable.of("seed10g").row("copy to user").cost().psPerByte()).isEqualTo(165);
  }

  @Test
  void anOperationWithoutARowIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CostTable.of("ref").row("VXLAN warp"))
        .withMessageStartingWith(
            "no cost for 'VXLAN warp' in kernel-costs.csv; add a row, or use one of [Calico");
  }

  /** What only users put into paths. */
  private static Set<String> spelled() {
    Kernel kernel = new Kernel(Profiles.of("ref"));
    Set<String> spelled = new HashSet<>(NamedPath.operations(CostTable.of("ref")));
    for (Dataplane dataplane : Dataplane.values()) {
      spelled.add(dataplane.beyondCache());
      for (Match match : Match.values()) {
        spelled.add(dataplane.operation(match));
      }
    }
    for (SetKind kind : SetKind.values()) {
      NamedPath.stages(new PathStep.Search(kind, 10, 2), kernel)
          .forEach(stage -> collect(Datapath.of("search", stage), spelled));
    }
    return spelled;
  }

  private static List<Datapath> ways(Stack stack) {
    return List.of(
        stack.streamSend(), stack.streamReceive(), stack.messageSend(), stack.messageReceive(),
        stack.acknowledgementSend(), stack.acknowledgementReceive(), stack.datagramSend(),
        stack.datagramReceive());
  }

  private static void collect(Datapath way, Set<String> used) {
    for (Stage stage : way.stages()) {
      switch (stage) {
        case Stage.Work work -> {
          used.add(work.name());
          work.lookup()
              .ifPresent(lookup -> used.addAll(searched(lookup, work.hook() == Hook.POLL)));
        }
        case Stage.Split split -> used
            .add(split.name().startsWith("TSO") ? "TSO segment" : "GSO segment");
        case Stage.Merge merge -> used.add("GRO frame");
        case Stage.Branch branch -> collect(branch.detour(), used);
        case Stage.Wrap wrap -> {}
        case Stage.Handoff handoff -> {}
        case Stage.Delay delay -> used.add(delay.name());
      }
    }
  }

  private static List<String> searched(Lookup lookup, boolean polled) {
    return switch (lookup) {
      case Lookup.RuleWalk walk -> {
        List<String> rules = new ArrayList<>();
        walk.rules().forEach(r -> rules.add("rule: " + r.match().inWords()));
        rules.addAll(List.of("rule out of cache", "rule of a table beyond cache"));
        yield rules;
      }
      case Lookup.HashTable table -> List.of(table.what());
      case Lookup.PrefixSet set -> List.of(set.what(), "ipset prefix length");
      case Lookup.Tree tree -> {
        String level = tree.what().replace(" set", "") + " level";
        yield List.of(tree.what(), level, level + " beyond L2", level + " beyond L3");
      }
      case Lookup.FlowCache cache -> polled
          ? List.of("PMD flow", "PMD subtable")
          : List.of("OVS megaflow", "OVS mask");
      case Lookup.ConnectionTable table -> List.of(
          "OVS " + table.what(), "conntrack chain entry");
    };
  }
}
