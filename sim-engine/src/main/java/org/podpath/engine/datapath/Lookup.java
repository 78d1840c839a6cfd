package org.podpath.engine.datapath;

import java.util.List;

/** What a stage searches, and what one packet's search costs on the reference core. */
public sealed interface Lookup {

  /** Time of the search for one packet, in picoseconds. */
  long costPs();

  /** The search in one line, such as {@code 16 rules × 20 ns}. */
  String inWords();

  /**
   * Rules that are all walked, each costing what it matches on. Rules installed beyond what the
   * cache holds make every rule dearer: {@code 1 + penalty · (1 − cached/installed)}.
   *
   * @param rules walked by one packet
   * @param installed rules of the whole table
   * @param cachedRules rules that fit into the share of the cache left to them
   * @param coldPenaltyRatio how much dearer a rule out of the cache is, 0.75 for three quarters
   */
  record RuleWalk(List<Rules> rules, int installed, int cachedRules, double coldPenaltyRatio)
      implements Lookup {
    public RuleWalk {
      rules = List.copyOf(rules);
    }

    @Override
    public long costPs() {
      long warmPs = rules.stream().mapToLong(r -> r.count() * r.eachPs()).sum();
      double outOfCacheRatio = Math.max(0, 1 - cachedRules / (double) Math.max(1, installed));
      return Math.round(warmPs * (1 + coldPenaltyRatio * outOfCacheRatio));
    }

    @Override
    public String inWords() {
      int walked = rules.stream().mapToInt(Rules::count).sum();
      boolean sameCost = rules.stream().mapToLong(Rules::eachPs).distinct().count() == 1;
      StringBuilder kinds = new StringBuilder();
      for (Rules r : rules) {
        kinds.append(kinds.isEmpty() ? "" : ", ")
            .append(r.count() + " " + r.match().inWords())
            .append(sameCost ? "" : " × " + ns(r.eachPs()));
      }
      String each = sameCost ? " × " + ns(rules.getFirst().eachPs()) : "";
      return walked + " rules walked" + each + " (" + kinds + ")";
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
      return text(lookups) + " × " + what + (entries > 0 ? " of " + entries + " entries" : "")
          + " × " + ns(eachPs);
    }
  }

  /**
   * A cache of flows with masks, tried one after the other until one hits.
   *
   * @param lookups passes through the cache per packet
   * @param masks masks tried per pass; the first is part of {@code eachPs}
   * @param maskPs time of every further mask
   */
  record FlowCache(double lookups, int masks, long eachPs, long maskPs) implements Lookup {
    @Override
    public long costPs() {
      return Math.round(lookups * (eachPs + (masks - 1) * maskPs));
    }

    @Override
    public String inWords() {
      return text(lookups) + " × megaflow cache, " + masks + (masks == 1 ? " mask" : " masks")
          + " tried × " + ns(eachPs + (masks - 1) * maskPs);
    }
  }

  private static String ns(long ps) {
    return text(ps / 1e3) + " ns";
  }

  private static String text(double count) {
    return count == Math.rint(count) ? Long.toString(Math.round(count)) : Double.toString(count);
  }
}
