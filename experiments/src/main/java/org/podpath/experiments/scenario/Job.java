package org.podpath.experiments.scenario;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.podpath.engine.kernel.Simulator;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Default;
import org.podpath.experiments.yaml.InvalidParameters;
import org.podpath.experiments.yaml.Range;

/**
 * Something a tenant does. Some kinds name their pods; others make as many as they need, which
 * {@link Scenario#pods(String, int)} lists.
 */
@Explain("Something a tenant does, under the key of its kind.")
public sealed interface Job
    permits Job.Stream, Job.RequestResponse, Datagrams, Train, Serve, AllReduce, Incast {

  /** Names of the pods that the user wrote, in that order; none if the job makes its own. */
  List<String> pods();

  /** Whether it is done some time, and does not go on for as long as the run does. */
  default boolean ends() {
    return switch (this) {
      case Train train -> train.steps().isPresent();
      case Serve serve -> serve.requests().isPresent();
      case Stream stream -> true;
      case RequestResponse requests -> true;
      case Datagrams datagrams -> true;
      case AllReduce collective -> true;
      case Incast incast -> true;
    };
  }

  /** What each kind is, by the key that it is written with. */
  static Map<String, String> catalogue() {
    return ParameterText.choices(Job.class);
  }

  /** Bulk data in one direction: each flow sends until its bytes or the time are used up. */
  @Explain("Bulk data in one direction; write either bytes or duration.")
  record Stream(
      @Explain("Pod that sends.") String from,
      @Explain("Pod that receives.") String to,
      @Explain("Connections side by side.")
      @Default("1") @Range(least = 1, most = 1_000_000) int flows,
      @Explain("Payload that each flow moves.")
      @Default("as many as duration allows")
      @Range(least = 1, most = 1_000_000_000_000_000L) OptionalLong bytes,
      @Explain("Time for which every flow sends.")
      @Default("as long as bytes take")
      @Range(least = 1, most = Simulator.LONGEST_RUN_PS) OptionalLong durationPs) implements Job {

    public Stream {
      requireTwoPods(from, to);
      if (bytes.isPresent() == durationPs.isPresent()) {
        throw new IllegalArgumentException(
            bytes.isPresent()
                ? "a stream with both bytes and duration; write one of them"
                : "a stream with neither bytes nor duration; write one of them");
      }
    }

    @Override
    public List<String> pods() {
      return List.of(from, to);
    }
  }

  /** One request after the other: the next leaves when the reply to the last has arrived. */
  @Explain("One request after the other; the next leaves when the reply to the last has arrived.")
  record RequestResponse(
      @Explain("Pod that asks.") String from,
      @Explain("Pod that replies.") String to,
      @Explain("Payload of the request, and as much of the reply.")
      @Default("1B") @Range(least = 1, most = 1_000_000_000_000_000L) long bytes,
      @Explain("Requests.")
      @Default("1000") @Range(least = 1, most = 1_000_000_000) long count,
      @Explain("Whether each request opens a connection of its own, which its reply closes.")
      @Default("false") boolean connect,
      @Explain("What carries requests and replies.")
      @Default("tcp") Carried protocol) implements Job {

    public RequestResponse {
      requireTwoPods(from, to);
      if (connect && protocol == Carried.UDP) {
        throw new InvalidParameters("connect", "datagrams need no connection; write 'connect:"
            + " false', or 'protocol: tcp'");
      }
    }

    @Override
    public List<String> pods() {
      return List.of(from, to);
    }
  }

  /** What carries the bytes of a job. */
  enum Carried {
    /** A byte stream. */
    @Explain("Connections of network.transport.") TCP,
    /** One datagram for each message. */
    @Explain("One datagram each; one that is dropped ends its transaction.") UDP
  }

  private static void requireTwoPods(String from, String to) {
    if (from.equals(to)) {
      throw new InvalidParameters("to", "'" + to + "' is the sender itself; write another pod");
    }
  }
}
