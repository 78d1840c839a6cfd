package org.podpath.experiments.scenario;

import org.podpath.engine.cluster.PortQueues.Marking;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Default;
import org.podpath.experiments.yaml.InvalidParameters;
import org.podpath.experiments.yaml.Itself;
import org.podpath.experiments.yaml.Range;

/** When a port marks packets. */
@Explain("When a port marks packets; one of these.")
public sealed interface Ecn {

  /** The same in the words of the engine. */
  Marking marking();

  /** From a threshold on. */
  @Explain("Every packet that finds so much waiting, as DCTCP asks.")
  record Step(
      @Explain("Every packet that finds so much waiting, as DCTCP asks.") @Itself
      @Range(most = 1_000_000_000_000L) long thresholdBytes) implements Ecn {
    @Override
    public Marking marking() {
      return new Marking.Step(thresholdBytes);
    }
  }

  /** More and more of them. */
  @Explain("A share of packets that grows with what they find waiting, as DCQCN asks (RED).")
  record Red(
      @Explain("Where marking begins.") @Range(most = 1_000_000_000_000L) long lowBytes,
      @Explain("Where every packet is marked from.")
      @Range(most = 1_000_000_000_000L) long highBytes,
      @Explain("Share of packets that is marked just below that.")
      @Default("1") @Range(most = 1) double mostRatio) implements Ecn {
    public Red {
      if (highBytes < lowBytes) {
        throw new InvalidParameters("high", highBytes + " bytes are below low; write at least "
            + lowBytes + "B");
      }
    }

    @Override
    public Marking marking() {
      return new Marking.Red(lowBytes, highBytes, mostRatio);
    }
  }

  /** However many wait. */
  @Explain("Packets at random, whatever waits, as a bad cable does; senders that do not understand"
      + " marks lose them.")
  record Random(
      @Explain("Share of packets that is marked or, where the sender does not understand marks,"
          + " lost.")
      @Itself @Range(most = 1) double shareRatio) implements Ecn {
    @Override
    public Marking marking() {
      return new Marking.Random(shareRatio);
    }
  }
}
