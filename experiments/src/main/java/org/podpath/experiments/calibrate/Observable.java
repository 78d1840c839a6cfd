package org.podpath.experiments.calibrate;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a row of measurements can be about, in the words of the file. Client and server, or sender and
 * reader, are pinned to one CPU that never idles, so wall time is the CPU time of the whole path; only
 * the sink of a flood has a CPU of its own.
 */
enum Observable {
  /** Median time of a datagram there and one back. */
  DATAGRAM_ROUND_TRIP("udprr_p50_same", "datagram there and back", Kind.TIME, 0.02),
  /** Median time of a message there and one back, on a connection that stays. */
  MESSAGE_ROUND_TRIP("tcprr_p50_same", "message there and back", Kind.TIME, 0.02),
  /** The same on a connection of its own. */
  CONNECTION("crr_p50_same", "connection, message there and back", Kind.TIME, 0.02),
  /** Time of a datagram at a sender that sends as fast as it can. */
  FLOOD("flood_ns_per_pkt", "datagram of a flood", Kind.TIME, 0.04),
  /** The same where each is the first of its flow. */
  FLOOD_OF_FLOWS("flows_first_ns_per_pkt", "first datagram of a flow", Kind.TIME, 0.04),
  /** Payload that a stream moves. */
  STREAM("tcp_stream_same", "byte of a stream", Kind.RATE, 0.05);

  /** How a value is given. */
  private enum Kind {
    TIME,
    RATE
  }

  private static final Map<String, Double> NS_OF_UNIT =
      new TreeMap<>(Map.of("ns", 1.0, "us", 1e3, "ms", 1e6, "s", 1e9));
  private static final Map<String, Double> BITS_OF_UNIT =
      new TreeMap<>(Map.of("bit/s", 1e-9, "kbit/s", 1e-6, "Mbit/s", 1e-3, "Gbit/s", 1.0));

  private final String metric;
  private final String inWords;
  private final Kind kind;
  private final double errorRatio;

  /**
   * A metric.
   *
   * @param errorRatio assumption: how well medians of five runs repeat, from the spread of the runs
   */
  Observable(String metric, String inWords, Kind kind, double errorRatio) {
    this.metric = metric;
    this.inWords = inWords;
    this.kind = kind;
    this.errorRatio = errorRatio;
  }

  /** The observable of a file's {@code metric}; empty if it is about something else. */
  static Optional<Observable> of(String metric) {
    return Arrays.stream(values()).filter(o -> o.metric.equals(metric)).findFirst();
  }

  static List<String> metrics() {
    return Arrays.stream(values()).map(Observable::metric).toList();
  }

  String metric() {
    return metric;
  }

  String inWords() {
    return inWords;
  }

  /** How well a measurement repeats, relative. */
  double errorRatio() {
    return errorRatio;
  }

  /** The units it can be in. */
  List<String> units() {
    return List.copyOf((kind == Kind.TIME ? NS_OF_UNIT : BITS_OF_UNIT).keySet());
  }

  /**
   * A value in nanoseconds: of a stream, for each byte of payload.
   *
   * @param unit one of {@link #units()}
   */
  double ns(double value, String unit) {
    return kind == Kind.TIME ? value * NS_OF_UNIT.get(unit) : 8 / (value * BITS_OF_UNIT.get(unit));
  }
}
