package org.podpath.experiments.claims;

import java.util.List;

/** How a claim fares, best first. */
public enum Verdict {
  REPRODUCED("reproduced", "holds"),
  PARTLY("partly", "partly"),
  CONTRADICTED("contradicted", "not");

  private final String word;
  private final String wordElsewhere;

  Verdict(String word, String wordElsewhere) {
    this.word = word;
    this.wordElsewhere = wordElsewhere;
  }

  /**
   * Reproduced if every part holds, contradicted if none does.
   *
   * @param parts at least one
   */
  static Verdict of(List<Part> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a claim without parts can be neither true nor false");
    }
    long holding = parts.stream().filter(Part::holds).count();
    if (holding == parts.size()) {
      return REPRODUCED;
    }
    return holding == 0 ? CONTRADICTED : PARTLY;
  }

  /** The word for it on the profile of the claim. */
  public String word() {
    return word;
  }

  /** The word for it on a profile that the claim is not about. */
  String wordElsewhere() {
    return wordElsewhere;
  }

  /** Whether less of a claim holds than with {@code other}. */
  boolean isWorseThan(Verdict other) {
    return compareTo(other) > 0;
  }
}
