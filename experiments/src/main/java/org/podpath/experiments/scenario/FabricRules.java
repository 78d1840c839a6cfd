package org.podpath.experiments.scenario;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.podpath.engine.cluster.Fabric;
import org.podpath.experiments.yaml.InvalidParameters.Problem;
import org.podpath.experiments.yaml.YamlPath;

/** What must hold between the hosts of a cluster and its fabric. */
final class FabricRules {
  private FabricRules() {}

  /** That hosts and fabric do not fit, if so, with paths from the cluster. */
  static List<Problem> problems(OptionalInt hosts, int gpus, FabricSpec fabric) {
    OptionalInt count = hosts.isPresent() ? hosts : fabric.usualHosts();
    if (count.isEmpty()) {
      return wrong("hosts", "not written, and the fabric has room for any number; write"
          + " 'hosts: …'");
    }
    if (count.getAsInt() > Cluster.MOST_HOSTS) {
      return wrong("hosts", "not written, and the fabric has room for " + count.getAsInt()
          + "; write 'hosts: …' of at most " + Cluster.MOST_HOSTS);
    }
    if (fabric instanceof FabricSpec.RailOptimised rail && rail.rails().isEmpty() && gpus == 0) {
      return wrong("fabric.rail-optimised", "as many rails as GPUs are none; write rails: …, or"
          + " gpus: … above 0");
    }
    Optional<Fabric> shape = fabric.shape(count.getAsInt(), gpus);
    return shape.isPresent() && count.getAsInt() > shape.get().mostHosts()
        ? wrong("hosts", count.getAsInt() + " do not fit: " + shape.get().room() + " take "
            + shape.get().mostHosts() + "; write at most that, or a larger fabric")
        : List.of();
  }

  private static List<Problem> wrong(String path, String what) {
    return List.of(new Problem(YamlPath.of(path), what));
  }
}
