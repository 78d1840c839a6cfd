package org.podpath.engine.datapath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.engine.datapath.Lookup.ConnectionTable;
import org.podpath.engine.datapath.Lookup.Connections;
import org.podpath.engine.datapath.Lookup.FlowCache;
import org.podpath.engine.datapath.Lookup.HashTable;
import org.podpath.engine.datapath.Lookup.PrefixSet;
import org.podpath.engine.datapath.Lookup.RuleTable;
import org.podpath.engine.datapath.Lookup.RuleWalk;
import org.podpath.engine.datapath.Lookup.Rules;
import org.podpath.engine.datapath.Lookup.Tier;
import org.podpath.engine.datapath.Lookup.Tree;

class LookupTest {
  private static final long CACHE_BYTES = 524_288;

  /**
   * Ten rules of 20 ns: 200 ns as long as all fit into the cache, beyond it 15 ns · (1 − 512
   * KiB/installed) more for each: twice as many give 27.5 ns, four times as many 31.25 ns.
   */
  @ParameterizedTest
  @CsvSource({"0, 200000", "10, 200000", "512, 200000", "1024, 275000", "2048, 312500"})
  void rulesGetDearerByTheShareThatIsNotCached(int installedKib, long expectedPs) {
    RuleTable table = new RuleTable(installedKib * 1024L, CACHE_BYTES, 15_000, 0);

    assertThat(new RuleWalk(tenRules(20_000), table).costPs()).isEqualTo(expectedPs);
  }

  /** Ten rules of 2.8 ns; each takes 0.55 ns more once the table does not fit. */
  @ParameterizedTest
  @CsvSource({"512, 28000", "513, 33500", "100000, 33500"})
  void rulesWalkedFromEndToEndAreDearerAtOnceWhenTheTableLeavesTheCache(
      int installedKib, long expectedPs) {
    RuleTable table = new RuleTable(installedKib * 1024L, CACHE_BYTES, 0, 550);

    assertThat(new RuleWalk(tenRules(2_800), table).costPs()).isEqualTo(expectedPs);
  }

  private static List<Rules> tenRules(long eachPs) {
    return List.of(new Rules(Match.ADDRESS_MISMATCH, 10, eachPs));
  }

  @Test
  void moreRulesNeverCostLess() {
    long lastPs = -1;
    for (int rules = 0; rules < 5_000; rules += 7) {
      RuleTable table = new RuleTable(rules * 488L, CACHE_BYTES, 15_000, 550);
      List<Rules> walked = List.of(new Rules(Match.ADDRESS_MISMATCH, rules, 20_000));
      long costPs = new RuleWalk(walked, table).costPs();

      assertThat(costPs).isGreaterThan(lastPs);
      lastPs = costPs;
    }
  }

  /** 3 · 21 + 4 · 4.5 = 81 ns; a mebibyte of rules adds 7 · 7.5 ns. */
  @Test
  void everyRuleCostsWhatItMatchesOn() {
    List<Rules> rules =
        List.of(new Rules(Match.CONNTRACK_STATE, 3, 21_000), new Rules(Match.COMMENT, 4, 4_500));
    RuleWalk walk = new RuleWalk(rules, RuleTable.CACHED);
    RuleWalk uncached = new RuleWalk(rules, new RuleTable(1 << 20, CACHE_BYTES, 15_000, 0));

    assertThat(walk.costPs()).isEqualTo(81_000);
    assertThat(walk.inWords())
        .isEqualTo("7 rules walked (3 conntrack state × 21 ns, 4 comment × 4.5 ns)");
    assertThat(uncached.costPs()).isEqualTo(133_500);
    assertThat(uncached.inWords()).endsWith("× 4.5 ns), each + 7.5 ns: 1024 KiB of rules");
  }

  @Test
  void noRulesCostNothing() {
    RuleTable large = new RuleTable(1L << 30, CACHE_BYTES, 15_000, 550);

    assertThat(new RuleWalk(List.of(), large).costPs()).isZero();
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
    HashTable maps = new HashTable(1.5, "eBPF hash map", 0, 460_000);

    assertThat(maps.costPs()).isEqualTo(690_000);
    assertThat(maps.inWords()).isEqualTo("1.5 × eBPF hash map × 460 ns");
    assertThat(new HashTable(2, "eBPF hash map", 7, 1_000).inWords())
        .isEqualTo("2 × eBPF hash map of 7 entries × 1 ns");
  }

  /** 290 ns for the first length of prefix, 19 for each of the 24 others. */
  @Test
  void aSetOfNetworksIsSearchedForEveryLengthOfPrefix() {
    PrefixSet one = new PrefixSet("ipset hash:net", 1, 10_000, 290_000, 19_000);
    PrefixSet all = new PrefixSet("ipset hash:net", 25, 10_000, 290_000, 19_000);

    assertThat(one.costPs()).isEqualTo(290_000);
    assertThat(all.costPs()).isEqualTo(746_000);
    assertThat(one.inWords())
        .isEqualTo("ipset hash:net of 10000 entries, prefixes of 1 length: 290 ns");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PrefixSet("ipset hash:net", 0, 1, 1, 1))
        .withMessage("a set of networks has at least one length of prefix, not 0");
  }

  /** 100 ns up to 8 entries, 10 ns for each doubling up to 32, 50 for each beyond. */
  @ParameterizedTest
  @CsvSource({"0, 100000", "8, 100000", "16, 110000", "32, 120000", "64, 170000", "128, 220000"})
  void aTreeHasALevelMoreForEachDoubling(long entries, long expectedPs) {
    List<Tier> tiers = List.of(new Tier(8, 10_000), new Tier(32, 50_000));

    assertThat(new Tree(1, "tree", entries, 100_000, tiers).costPs()).isEqualTo(expectedPs);
    assertThat(new Tree(2, "tree", entries, 100_000, tiers).costPs()).isEqualTo(2 * expectedPs);
  }

  /** 30 ns for half of a chain of 2 entries; an empty table has no chains. */
  @Test
  void connectionsInABucketArePassed() {
    Connections half = new Connections(1_048_576, 262_144, 524_288);
    Connections empty = new Connections(1_048_576, 262_144, 0);
    ConnectionTable hook = new ConnectionTable(1, "conntrack", 0, half, 30_000);
    ConnectionTable zones = new ConnectionTable(1.5, "conntrack zone", 460_000, half, 30_000);
    ConnectionTable bare = new ConnectionTable(1.5, "conntrack zone", 460_000, empty, 30_000);

    assertThat(hook.costPs()).isEqualTo(30_000);
    assertThat(hook.inWords()).isEqualTo("524288 connections in 262144 buckets: 30 ns");
    assertThat(zones.costPs()).isEqualTo(735_000);
    assertThat(zones.inWords()).isEqualTo(
        "1.5 × conntrack zone × 460 ns, 524288 connections in 262144 buckets: 45 ns");
    assertThat(bare.costPs()).isEqualTo(690_000);
    assertThat(bare.inWords()).isEqualTo("1.5 × conntrack zone × 460 ns");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Connections(100, 0, 5))
        .withMessage("no table for 100 connections has 0 buckets with 5 of them");
    assertThatIllegalArgumentException().isThrownBy(() -> new Connections(100, 1, 101));
  }

  /**
   * Three passes of 280 ns. A remembered mask is tried first; without, half of the four others are,
   * 50 ns each.
   */
  @Test
  void masksOfAFlowCacheAreTriedWhereTheRightOneIsNotRemembered() {
    FlowCache remembered = new FlowCache(3, 5, 1, 280_000, 50_000);
    FlowCache forgotten = new FlowCache(3, 5, 0, 280_000, 50_000);
    FlowCache one = new FlowCache(3, 1, 0, 280_000, 50_000);

    assertThat(remembered.costPs()).isEqualTo(840_000);
    assertThat(forgotten.costPs()).isEqualTo(1_140_000);
    assertThat(one.costPs()).isEqualTo(840_000);
    assertThat(one.inWords()).isEqualTo("3 × megaflow cache, 1 mask × 280 ns");
    assertThat(forgotten.inWords()).isEqualTo("3 × megaflow cache, 5 masks × 380 ns");
  }
}
