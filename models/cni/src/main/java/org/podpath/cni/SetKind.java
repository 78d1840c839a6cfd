package org.podpath.cni;

import java.util.List;
import java.util.Locale;
import org.podpath.engine.datapath.Lookup;

/** What rules and programs can match a packet's addresses against without walking a list. */
public enum SetKind {
  /** An ipset of networks: a hash table for each length of prefix. */
  IPSET_HASH_NET,
  /** A set of nftables without ranges: a hash table. */
  NFT_HASH_SET,
  /** A verdict map of nftables: a hash table whose values are chains. */
  NFT_VERDICT_MAP,
  /** A set of nftables with ranges: a balanced tree. */
  NFT_INTERVAL_SET,
  /** A hash map of eBPF. */
  EBPF_HASH_MAP,
  /** Longest prefixes of eBPF (BPF_MAP_TYPE_LPM_TRIE): a trie. */
  EBPF_LPM;

  /** derived: 280 ns measured at 10 entries and 550 at 10,000, 27 ns a doubling. */
  private static final double INTERVALS_MEASURED = 10;

  /**
   * derived: look-ups per second published for 100 to 1,000,000 /32 entries (xdp-project/xdp-project,
   * areas/bench/bench02). Three slopes, one for each cache that the trie has outgrown, meet all eight
   * within 2.5 %.
   */
  private static final double LPM_MEASURED = 100;

  private static final double LPM_BEYOND_L2 = 4_000;
  private static final double LPM_BEYOND_L3 = 70_000;

  /** As in the cost file: {@code nft hash set}. */
  public String inWords() {
    return switch (this) {
      case IPSET_HASH_NET -> "ipset hash:net";
      case EBPF_HASH_MAP -> "eBPF hash map";
      case EBPF_LPM -> "eBPF LPM";
      case NFT_HASH_SET, NFT_VERDICT_MAP, NFT_INTERVAL_SET -> name().toLowerCase(Locale.ROOT)
          .replace('_', ' ');
    };
  }

  /** One search among {@code entries}, all of the same length where they are networks. */
  Lookup lookup(Kernel kernel, int entries) {
    return lookup(kernel, entries, 1);
  }

  /**
   * One search among {@code entries}.
   *
   * @param prefixLengths different ones among them; only an ipset searches for each
   */
  Lookup lookup(Kernel kernel, int entries, int prefixLengths) {
    long eachPs = kernel.cost(inWords()).fixedPs();
    return switch (this) {
      case IPSET_HASH_NET -> new Lookup.PrefixSet(
          inWords(), prefixLengths, entries, eachPs, kernel.cost("ipset prefix length").fixedPs());
      case NFT_HASH_SET, NFT_VERDICT_MAP, EBPF_HASH_MAP -> new Lookup.HashTable(
          1, inWords(), entries, eachPs);
      case NFT_INTERVAL_SET -> new Lookup.Tree(
          1, inWords(), entries, eachPs,
          List.of(tier(kernel, INTERVALS_MEASURED, "nft interval level")));
      case EBPF_LPM -> new Lookup.Tree(
          1, inWords(), entries, eachPs,
          List.of(
              tier(kernel, LPM_MEASURED, "eBPF LPM level"),
              tier(kernel, LPM_BEYOND_L2, "eBPF LPM level beyond L2"),
              tier(kernel, LPM_BEYOND_L3, "eBPF LPM level beyond L3")));
    };
  }

  private static Lookup.Tier tier(Kernel kernel, double fromEntries, String operation) {
    return new Lookup.Tier(fromEntries, kernel.cost(operation).fixedPs());
  }
}
