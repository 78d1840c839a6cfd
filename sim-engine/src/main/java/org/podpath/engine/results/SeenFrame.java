package org.podpath.engine.results;

import org.podpath.engine.traffic.Connection;

/**
 * A frame as somebody who listens on a link sees it.
 *
 * @param reverse whether it travels to the opener of {@code connection}
 * @param sequence offset of its first byte of payload in this direction's stream, counted from 0
 * @param acknowledged bytes of the other direction that have arrived without a gap
 * @param sackedFrom first byte beyond a gap that has arrived too (RFC 2018); 0 to 0 if there is none
 * @param sackedTo byte after the last of those
 * @param windowBytes further bytes of the other direction that the receiver takes
 * @param marked whether a switch marked it: congestion experienced (RFC 3168)
 * @param echoes whether it tells the sender of a mark
 */
public record SeenFrame(
    Connection connection,
    boolean reverse,
    Kind kind,
    long sequence,
    int payloadBytes,
    long acknowledged,
    long sackedFrom,
    long sackedTo,
    long windowBytes,
    boolean marked,
    boolean echoes) {

  /** What a frame is for. */
  public enum Kind {
    /** Carries payload. */
    DATA,
    /** Acknowledges payload. */
    ACKNOWLEDGEMENT,
    /** Opens a connection. */
    SYN,
    /** Answers a {@link #SYN}. */
    SYN_ACKNOWLEDGEMENT,
    /** Closes a direction. */
    FIN,
    /** Tells a RoCE sender of a mark (congestion notification packet). */
    CONGESTION_NOTIFICATION,
    /** Tells a RoCE sender from where to send again. */
    OUT_OF_SEQUENCE
  }
}
