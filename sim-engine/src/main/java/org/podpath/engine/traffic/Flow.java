package org.podpath.engine.traffic;

import java.util.Optional;

/**
 * Bytes that have to get from one end of a connection to the other.
 *
 * @param id counted within a run
 * @param reverse whether they go from the connection's destination to its source
 * @param untilPs when the sender stops although bytes are left; {@link #NEVER_PS}: it does not
 * @param pace how its datagrams follow each other; empty for all but UDP
 * @param opens whether the connection is opened anew before its first byte (RFC 9293 section 3.5)
 * @param closes whether the connection is closed when it has arrived
 */
public record Flow(
    long id,
    Connection connection,
    boolean reverse,
    long bytes,
    long untilPs,
    Optional<Pace> pace,
    boolean opens,
    boolean closes) {
  /** The sender goes on until every byte has arrived. */
  public static final long NEVER_PS = Long.MAX_VALUE;

  /** Bytes of a flow that only time ends. */
  public static final long ENDLESS_BYTES = 1L << 50;

  public Flow {
    if (bytes <= 0) {
      throw new IllegalArgumentException(
          "flow " + id + " has nothing to move: " + bytes + " bytes");
    }
    if (pace.isPresent() != (connection.protocol() == Protocol.UDP)) {
      throw new IllegalArgumentException(
          "flow " + id + ": datagrams have a pace, and nothing else has");
    }
  }

  /** A flow whose bytes go as fast as they can. */
  public Flow(long id, Connection connection, boolean reverse, long bytes, long untilPs) {
    this(id, connection, reverse, bytes, untilPs, Optional.empty(), false, false);
  }

  /** The same flow, which opens its connection. */
  public Flow opening() {
    return new Flow(id, connection, reverse, bytes, untilPs, pace, true, closes);
  }

  /** The same flow, after which its connection is closed. */
  public Flow closing() {
    return new Flow(id, connection, reverse, bytes, untilPs, pace, opens, true);
  }

  /** The same flow as datagrams that follow each other like this. */
  public Flow at(Pace itsPace) {
    return new Flow(
        id, connection, reverse, bytes, untilPs, Optional.of(itsPace), opens, closes);
  }

  /** The pod that sends. */
  public int sourcePod() {
    return reverse ? connection.destinationPod() : connection.sourcePod();
  }

  /** The pod that receives. */
  public int destinationPod() {
    return reverse ? connection.sourcePod() : connection.destinationPod();
  }
}
