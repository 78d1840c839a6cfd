package org.podpath.experiments.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which known word a misspelled one was meant to be. */
public final class Nearest {

  private Nearest() {}

  /**
   * The known word with the fewest letters to change, insert, drop or swap with their neighbour;
   * none if that is more than a third of the letters, or all of them. The first of equally near
   * ones.
   */
  public static Optional<String> to(String word, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
        .filter(best -> isNear(distance(word, best), best.length()));
  }

  private static boolean isNear(int distance, int letters) {
    return distance < letters && 3 * distance <= Math.max(3, letters);
  }

  /** Restricted Damerau-Levenshtein distance, without regard to case, '-' and '_'. */
  private static int distance(String one, String other) {
    String a = letters(one);
    String b = letters(other);
    int[][] distance = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          distance[i][j] = i + j;
          continue;
        }
        int changed = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(distance[i - 1][j], distance[i][j - 1]) + 1;
        best = Math.min(best, distance[i - 1][j - 1] + changed);
        boolean swapped =
            i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        distance[i][j] = swapped ? Math.min(best, distance[i - 2][j - 2] + 1) : best;
      }
    }
    return distance[a.length()][b.length()];
  }

  private static String letters(String word) {
    String bounded = word.substring(0, Math.min(word.length(), 100));
    return bounded.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
  }
}
