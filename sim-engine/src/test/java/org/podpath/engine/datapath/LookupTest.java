package org.podpath.engine.datapath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.engine.datapath.Lookup.FlowCache;
import org.podpath.engine.datapath.Lookup.HashTable;
import org.podpath.engine.datapath.Lookup.RuleWalk;
import org.podpath.engine.datapath.Lookup.Rules;

class LookupTest {
  private static final int CACHED_RULES = 1074;
  private static final double PENALTY = 0.75;

  /**
   * Ten rules of 20 ns: 200 ns as long as all fit into the cache, beyond it 1 + 0.75 · (1 −
   * 1074/installed) times that: twice as many give 1.375, four times as many 1.5625.
   */
  @ParameterizedTest
  @CsvSource({"0, 200000", "10, 200000", "1074, 200000", "2148, 275000", "4296, 312500"})
  void rulesGetDearerOnceTheTableLeavesTheCache(int installed, long expectedPs) {
    List<Rules> rules = List.of(new Rules(Match.ADDRESS_MISMATCH, 10, 20_000));

    long costPs = new RuleWalk(rules, installed, CACHED_RULES, PENALTY).costPs();

    assertThat(costPs).isEqualTo(expectedPs);
  }

  /** 3 · 21 + 4 · 4.5 = 81 ns. */
  @Test
  void everyRuleCostsWhatItMatchesOn() {
    List<Rules> rules =
        List.of(new Rules(Match.CONNTRACK_STATE, 3, 21_000), new Rules(Match.COMMENT, 4, 4_500));
    RuleWalk walk = new RuleWalk(rules, 7, CACHED_RULES, PENALTY);

    assertThat(walk.costPs()).isEqualTo(81_000);
    assertThat(walk.inWords())
        .isEqualTo("7 rules walked (3 conntrack state × 21 ns, 4 comment × 4.5 ns)");
  }

  @Test
  void noRulesCostNothing() {
    assertThat(new RuleWalk(List.of(), 100_000, CACHED_RULES, PENALTY).costPs()).isZero();
  }

  @Test
  void aPacketCannotWalkLessThanNoRule() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Rules(Match.SET, -1, 20_000))
        .withMessage("a packet cannot walk -1 rules");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 1_000_000})
  void aHashTableCostsTheSameHoweverManyEntriesItHolds(int entries) {
    assertThat(new HashTable(5, "eBPF hash map", entries, 60_000).costPs()).isEqualTo(300_000);
  }

  @Test
  void searchesMayBeAMean() {
    HashTable zones = new HashTable(1.5, "conntrack zone", 0, 460_000);

    assertThat(zones.costPs()).isEqualTo(690_000);
    assertThat(zones.inWords()).isEqualTo("1.5 × conntrack zone × 460 ns");
    assertThat(new HashTable(2, "eBPF hash map", 7, 1_000).inWords())
        .isEqualTo("2 × eBPF hash map of 7 entries × 1 ns");
  }

  /** Three passes of 280 ns, each with two masks of 50 ns after the first: 3 · 380 = 1140 ns. */
  @Test
  void everyMaskOfAFlowCacheAfterTheFirstCostsOnTop() {
    FlowCache one = new FlowCache(3, 1, 280_000, 50_000);
    FlowCache three = new FlowCache(3, 3, 280_000, 50_000);

    assertThat(one.costPs()).isEqualTo(840_000);
    assertThat(three.costPs()).isEqualTo(1_140_000);
    assertThat(one.inWords()).isEqualTo("3 × megaflow cache, 1 mask tried × 280 ns");
    assertThat(three.inWords()).isEqualTo("3 × megaflow cache, 3 masks tried × 380 ns");
  }
}
