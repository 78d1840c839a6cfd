package org.podpath.experiments.scenario;

import java.util.OptionalLong;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Default;
import org.podpath.experiments.yaml.InvalidParameters;
import org.podpath.experiments.yaml.Range;

/** When a switch tells the sender of a link to wait. */
@Explain("When a switch tells the sender of a link to wait, class by class (PFC, IEEE 802.1Qbb).")
public record Pause(
    @Explain("The sender waits from so much on that came over its link and waits in the switch.")
    @Range(least = 1, most = 1_000_000_000_000L) long fromBytes,
    @Explain("It goes on when less than this is left.")
    @Range(least = 1, most = 1_000_000_000_000L) long toBytes,
    @Explain("Room beyond from, for each link and class, for what still comes when the sender is told.")
    @Default("twice what a link holds and two packets")
    @Range(least = 1, most = 1_000_000_000_000L) OptionalLong headroomBytes) {
  public Pause {
    if (toBytes > fromBytes) {
      throw new InvalidParameters("to",
          toBytes + " bytes are above from; write at most " + fromBytes
              + "B");
    }
  }

  /** The same in the words of the engine. */
  PortQueues.Pause pause() {
    return new PortQueues.Pause(fromBytes, toBytes, headroomBytes.orElse(0));
  }
}
