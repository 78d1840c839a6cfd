package org.podpath.experiments.scenario;

import java.util.Map;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Itself;

/** Which pod runs on which host. */
@Explain("Which pod runs on which host: a word, or a map of every pod to its host.")
public sealed interface Placement {

  /** Hosts by rule, pods taken in the order in which the scenario names them. */
  enum Rule implements Placement {
    /** The next pod on the next host. */
    @Explain("Each pod on the next host, round and round; if it needs a GPU, on the next with a"
        + " free one.") SPREAD,

    /** One host after the other. */
    @Explain("As many pods on a host as it has GPUs, then the next host; of pods without a GPU as"
        + " many as it has pairs of cores (at least one).") PACKED
  }

  /** Hosts by name. */
  @Explain("Every pod with the name of its host.")
  record Fixed(@Explain("Hosts by pod.") @Itself Map<String, String> hosts) implements Placement {}
}
