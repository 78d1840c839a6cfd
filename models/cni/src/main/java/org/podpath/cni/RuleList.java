package org.podpath.cni;

import java.util.EnumMap;
import java.util.Map;
import org.podpath.engine.datapath.Match;

/** How many rules of each kind a packet walks; a value, changed by making another. */
final class RuleList {
  private final EnumMap<Match, Integer> counts = new EnumMap<>(Match.class);

  private RuleList(Map<Match, Integer> counts) {
    this.counts.putAll(counts);
  }

  static RuleList none() {
    return new RuleList(new EnumMap<>(Match.class));
  }

  RuleList and(int count, Match match) {
    RuleList more = new RuleList(counts);
    more.counts.merge(match, count, Integer::sum);
    return more;
  }

  RuleList and(RuleList others) {
    RuleList more = this;
    for (Map.Entry<Match, Integer> entry : others.counts.entrySet()) {
      more = more.and(entry.getValue(), entry.getKey());
    }
    return more;
  }

  int size() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  Map<Match, Integer> counts() {
    return counts;
  }
}
