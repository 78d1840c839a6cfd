package org.podpath.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.podpath.engine.cluster.HostProfile;

class SetKindTest {
  /** No rows of the cost file are for a profile of this name: it has those for all. */
  private static final Kernel KERNEL = new Kernel(anyProfile());

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = {"NFT_INTERVAL_SET", "EBPF_LPM"})
  void hashTablesAreFlatFromOneToTenThousandEntries(SetKind kind) {
    assertThat(ns(kind, 10_000)).isCloseTo(ns(kind, 1), withinPercentage(5));
  }

  @ParameterizedTest
  @EnumSource(names = {"NFT_INTERVAL_SET", "EBPF_LPM"})
  void treesGrow(SetKind kind) {
    assertThat(ns(kind, 10_000)).isGreaterThan(1.5 * ns(kind, 10));
  }

  @ParameterizedTest
  @EnumSource
  void moreEntriesNeverCostLess(SetKind kind) {
    double lastNs = 0;
    for (int entries = 1; entries < 2_000_000; entries = 1 + entries * 5 / 4) {
      assertThat(ns(kind, entries)).isGreaterThanOrEqualTo(lastNs);
      lastNs = ns(kind, entries);
    }
  }

  /** Measured on Linux 6.18: 280 ns among 10 ranges, 550 among 10,000. */
  @Test
  void rangesOfNftablesGrowWithTheLogarithm() {
    assertThat(ns(SetKind.NFT_INTERVAL_SET, 10)).isEqualTo(280);
    assertThat(ns(SetKind.NFT_INTERVAL_SET, 10_000)).isCloseTo(550, withinPercentage(1));
  }

  /** xdp-project/xdp-project, areas/bench/bench02: ns a look-up in tries of /32 entries. */
  @ParameterizedTest
  @CsvSource({
      "100, 61.697", "1000, 85.458", "5000, 110.152", "10000, 133.156", "50000, 192.926",
      "100000, 263.273", "500000, 528.169", "1000000, 665.188"})
  void longestPrefixesGrowAsPublished(int entries, double publishedNs) {
    assertThat(ns(SetKind.EBPF_LPM, entries)).isCloseTo(publishedNs, withinPercentage(3));
  }

  /** Measured on Linux 6.18: 290 ns with one length of prefix, 19 for each further one. */
  @Test
  void everyLengthOfPrefixIsATableMoreToSearch() {
    double oneNs = SetKind.IPSET_HASH_NET.lookup(KERNEL, 10, 1).costPs() / 1e3;
    double manyNs = SetKind.IPSET_HASH_NET.lookup(KERNEL, 10, 9).costPs() / 1e3;

    assertThat(oneNs).isEqualTo(290);
    assertThat(manyNs).isEqualTo(290 + 8 * 19);
  }

  private static double ns(SetKind kind, int entries) {
    return kind.lookup(KERNEL, entries).costPs() / 1e3;
  }

  private static HostProfile anyProfile() {
    HostProfile ref = Profiles.of("ref");
    return new HostProfile(
        "any", 1, 1, ref.coldIdlePs(), 0, 0, ref.nicBitsPerSecond(), ref.mtuBytes(),
        ref.smtShareRatio(), ref.hairpinBitsPerSecond(), ref.hairpinLatencyPs());
  }
}
