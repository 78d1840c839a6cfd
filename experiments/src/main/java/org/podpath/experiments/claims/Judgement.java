package org.podpath.experiments.claims;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a claim came out.
 *
 * @param parts on the scenario's own host profile
 * @param elsewhere how much of it holds on other profiles, by their names
 */
public record Judgement(Claim claim, List<Part> parts, Map<String, Verdict> elsewhere) {

  public Judgement {
    parts = List.copyOf(parts);
    elsewhere = Collections.unmodifiableMap(new LinkedHashMap<>(elsewhere));
  }

  /** The verdict on the claim. */
  public Verdict verdict() {
    return Verdict.of(parts);
  }

  /** Whether less of it holds than did before. */
  public boolean isWorseThanRecorded() {
    return verdict().isWorseThan(claim.recorded());
  }
}
