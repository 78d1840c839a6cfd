package org.podpath.engine.datapath;

import java.util.List;

/** What a stage searches, and what one packet's search costs on the reference core. */
public sealed interface Lookup {

  /** Time of the search for one packet, in picoseconds. */
  long costPs();

  /** The search in one line, such as {@code 16 rules × 20 ns}. */
  String inWords();

  /**
   * Rules that are all walked, each costing what it matches on, and more where the table has
   * outgrown the cache.
   *
   * @param rules walked by one packet
   * @param table that they stand in
   */
  record RuleWalk(List<Rules> rules, RuleTable table) implements Lookup {
    public RuleWalk {
      rules = List.copyOf(rules);
    }

    @Override
    public long costPs() {
      long warmPs = rules.stream().mapToLong(r -> r.count() * r.eachPs()).sum();
      return Math.round(warmPs + walked() * table.extraPs());
    }

    private long walked() {
      return rules.stream().mapToLong(Rules::count).sum();
    }

    @Override
    public String inWords() {
      boolean sameCost = rules.stream().mapToLong(Rules::eachPs).distinct().count() == 1;
      StringBuilder kinds = new StringBuilder();
      for (Rules r : rules) {
        kinds.append(kinds.isEmpty() ? "" : ", ")
            .append(r.count() + " " + r.match().inWords())
            .append(sameCost ? "" : " × " + ns(r.eachPs()));
      }
      String each = sameCost ? " × " + ns(rules.getFirst().eachPs()) : "";
      return walked() + " rules walked" + each + " (" + kinds + ")" + table.inWords();
    }
  }

  /**
   * Rules of one kind on the way of a packet.
   *
   * @param eachPs time to evaluate one
   */
  record Rules(Match match, int count, long eachPs) {
    public Rules {
      if (count < 0) {
        throw new IllegalArgumentException("a packet cannot walk " + count + " rules");
      }
    }
  }

  /**
   * A table of rules in memory. Beyond the cache every rule takes longer: by {@code missPs} for the
   * share that is not cached (what is hit at random), and by {@code streamPs} as soon as the table does
   * not fit (what is walked from end to end finds nothing left of the walk before).
   *
   * @param installedBytes size of the whole table
   * @param cacheBytes share of the cache that is left to it
   */
  record RuleTable(long installedBytes, long cacheBytes, long missPs, long streamPs) {
    /** Rules that never leave the cache. */
    public static final RuleTable CACHED = new RuleTable(0, 0, 0, 0);

    /** Time that every rule takes on top. */
    double extraPs() {
      return installedBytes <= cacheBytes
          ? 0
          : missPs * (1 - cacheBytes / (double) installedBytes) + streamPs;
    }

    private String inWords() {
      long extraPs = Math.round(extraPs());
      return extraPs == 0
          ? ""
          : ", each + " + ns(extraPs) + ": " + installedBytes / 1024 + " KiB of rules";
    }
  }

  /**
   * Hash tables: one packet's search costs the same however many entries they hold.
   *
   * @param lookups searches per packet; a mean, so not always whole
   * @param what is searched, such as {@code "eBPF hash map"}
   * @param eachPs time of one search
   */
  record HashTable(double lookups, String what, int entries, long eachPs) implements Lookup {
    @Override
    public long costPs() {
      return Math.round(lookups * eachPs);
    }

    @Override
    public String inWords() {
      return text(lookups) + " × " + what + entriesInWords(entries) + " × " + ns(eachPs);
    }
  }

  /**
   * A set of networks in hash tables, one for each length of prefix in it, tried one after the other
   * (Linux, net/netfilter/ipset/ip_set_hash_gen.h). The number of networks costs nothing.
   *
   * @param prefixLengths different ones in the set, at least one
   * @param eachPs time of a search with one
   * @param prefixPs time of every further one
   */
  record PrefixSet(String what, int prefixLengths, int entries, long eachPs, long prefixPs)
      implements Lookup {
    public PrefixSet {
      if (prefixLengths < 1) {
        throw new IllegalArgumentException(
            "a set of networks has at least one length of prefix, not " + prefixLengths);
      }
    }

    @Override
    public long costPs() {
      return eachPs + (prefixLengths - 1) * prefixPs;
    }

    @Override
    public String inWords() {
      return what + entriesInWords(entries) + ", prefixes of " + prefixLengths
          + (prefixLengths == 1 ? " length" : " lengths") + ": " + ns(costPs());
    }
  }

  /**
   * A tree, descended from its root: every doubling of the entries is a level more. Levels that have
   * outgrown a cache cost more than those before.
   *
   * @param lookups searches per packet; a mean, so not always whole
   * @param eachPs time of a search as long as there are no more entries than the first tier begins with
   * @param tiers in growing order
   */
  record Tree(double lookups, String what, long entries, long eachPs, List<Tier> tiers)
      implements Lookup {
    public Tree {
      tiers = List.copyOf(tiers);
    }

    @Override
    public long costPs() {
      double onePs = eachPs;
      for (int i = 0; i < tiers.size(); i++) {
        double last = i + 1 < tiers.size() ? tiers.get(i + 1).fromEntries() : entries;
        double inTier = Math.min(entries, last) / tiers.get(i).fromEntries();
        double levels = StrictMath.log(Math.max(1, inTier)) / StrictMath.log(2);
        onePs += tiers.get(i).levelPs() * levels;
      }
      return Math.round(lookups * onePs);
    }

    @Override
    public String inWords() {
      return text(lookups) + " × " + what + (entries > 0 ? " of " + entries + " entries" : "")
          + " × " + ns(Math.round(costPs() / lookups));
    }
  }

  /**
   * Levels of a tree that cost the same.
   *
   * @param fromEntries the tree has so many entries when the first of them is full
   * @param levelPs time of each
   */
  record Tier(double fromEntries, long levelPs) {}

  /**
   * A cache of flows with masks (Linux, net/openvswitch/flow_table.c): the mask that a packet's hash
   * found last is tried first; where that fails, masks are tried one after the other until one hits,
   * half of them on average.
   *
   * @param lookups passes through the cache per packet
   * @param masks in the cache
   * @param rememberedRatio share of packets whose hash still knows its mask
   * @param eachPs time of a pass with the first mask
   * @param maskPs time of every further mask
   */
  record FlowCache(double lookups, int masks, double rememberedRatio, long eachPs, long maskPs)
      implements Lookup {
    @Override
    public long costPs() {
      return Math.round(lookups * passPs());
    }

    private double passPs() {
      return eachPs + (1 - rememberedRatio) * (masks - 1) / 2.0 * maskPs;
    }

    @Override
    public String inWords() {
      return text(lookups) + " × megaflow cache, " + masks + (masks == 1 ? " mask" : " masks")
          + " × " + ns(Math.round(passPs()));
    }
  }

  /**
   * Connection tracking: a hash table whose buckets hold chains (Linux,
   * net/netfilter/nf_conntrack_core.c). A packet of a known connection passes half a chain.
   *
   * @param lookups searches per packet; a mean, so not always whole
   * @param what is searched, such as {@code "conntrack zone"}
   * @param eachPs time of a search in an empty table, where the stage does not hold it
   * @param table that is searched
   * @param entryPs time of every entry passed
   */
  record ConnectionTable(
      double lookups, String what, long eachPs, Connections table, long entryPs)
      implements Lookup {
    @Override
    public long costPs() {
      return Math.round(lookups * eachPs) + chainsPs();
    }

    private long chainsPs() {
      return Math.round(lookups * table.entries() / table.buckets() * entryPs / 2);
    }

    @Override
    public String inWords() {
      String search = eachPs == 0 ? "" : text(lookups) + " × " + what + " × " + ns(eachPs);
      String chains =
          table.entries() == 0
              ? ""
              : table.entries() + " connections in " + table.buckets() + " buckets: "
                  + ns(chainsPs());
      return search + (search.isEmpty() || chains.isEmpty() ? "" : ", ") + chains;
    }
  }

  /**
   * A table of connections.
   *
   * @param most that it takes; a packet of one more is dropped
   * @param buckets of the hash table
   * @param entries that are in it all the time
   */
  record Connections(long most, long buckets, long entries) {
    public Connections {
      if (buckets < 1 || entries < 0 || entries > most) {
        throw new IllegalArgumentException(
            "no table for " + most + " connections has " + buckets + " buckets with " + entries
                + " of them");
      }
    }
  }

  private static String entriesInWords(int entries) {
    return entries > 0 ? " of " + entries + " entries" : "";
  }

  private static String ns(long ps) {
    return text(ps / 1e3) + " ns";
  }

  private static String text(double count) {
    return count == Math.rint(count) ? Long.toString(Math.round(count)) : Double.toString(count);
  }
}
