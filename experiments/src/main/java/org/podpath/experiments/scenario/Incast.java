package org.podpath.experiments.scenario;

import java.util.List;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Default;
import org.podpath.experiments.yaml.Range;

/** Many senders to one receiver at once. */
@Explain("Many to one at once: in each round every sender sends its bytes to the receiver; the next"
    + " begins when all have arrived.")
public record Incast(
    @Explain("Senders, each a pod; the receiver is a pod too, placed before them.")
    @Range(least = 1, most = 65_536) int senders,
    @Explain("Payload of each sender in each round.")
    @Range(least = 1, most = 1_000_000_000_000L) long bytes,
    @Explain("Rounds, one after the other.")
    @Default("1") @Range(least = 1, most = 1_000_000_000) long rounds) implements Job {

  @Override
  public List<String> pods() {
    return List.of();
  }
}
