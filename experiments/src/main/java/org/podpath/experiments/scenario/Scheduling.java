package org.podpath.experiments.scenario;

import java.util.List;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Itself;

/** Which traffic class a port sends next. */
@Explain("Which traffic class a port sends next; a word or one of these.")
public sealed interface Scheduling {

  /** The same in the words of the engine. */
  PortQueues.Scheduling order();

  /** Orders without numbers. */
  enum Rule implements Scheduling {
    /** One queue. */
    @Explain("All classes in one queue.") FIFO(new PortQueues.Scheduling.Fifo()),

    /** By class. */
    @Explain("Class 7 first, then 6 and so on down to 0.") STRICT(
        new PortQueues.Scheduling.StrictPriority());

    private final PortQueues.Scheduling order;

    Rule(PortQueues.Scheduling order) {
      this.order = order;
    }

    @Override
    public PortQueues.Scheduling order() {
      return order;
    }
  }

  /** In turn, by weight. */
  @Explain("Classes in turn, each for so many bytes: the quanta of classes 0 to 7.")
  record RoundRobin(
      @Explain("Classes in turn, each for so many bytes: the quanta of classes 0 to 7.")
      @Itself List<Long> quantaBytes) implements Scheduling {
    private static final long MOST_BYTES = 1_000_000_000;

    public RoundRobin {
      quantaBytes = List.copyOf(quantaBytes);
      if (quantaBytes.size() != PortQueues.Scheduling.CLASSES
          || quantaBytes.stream().anyMatch(quantum -> quantum < 1 || quantum > MOST_BYTES)) {
        throw new IllegalArgumentException(
            "round-robin: classes 0 to 7 have a quantum each, from 1B to 1GB; write "
                + PortQueues.Scheduling.CLASSES + " of them");
      }
    }

    @Override
    public PortQueues.Scheduling order() {
      return new PortQueues.Scheduling.DeficitRoundRobin(
          quantaBytes.stream().map(Math::toIntExact).toList());
    }
  }
}
