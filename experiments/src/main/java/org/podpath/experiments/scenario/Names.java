package org.podpath.experiments.scenario;

import java.util.List;
import java.util.Map;
import org.podpath.workloads.ModelTable;

/**
 * The names that a scenario may use for what others describe, beside those of the models to train.
 *
 * @param networks container networks, as {@code list networks} shows them
 * @param profiles host profiles, as {@code list profiles} shows them
 */
public record Names(List<String> networks, List<String> profiles) {

  public Names {
    networks = List.copyOf(networks);
    profiles = List.copyOf(profiles);
  }

  Map<String, List<String>> catalogues() {
    return Map.of("network", networks, "profile", profiles, "model", ModelTable.names());
  }
}
