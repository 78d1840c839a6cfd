package org.podpath.experiments.capture;

import java.nio.ByteBuffer;

/**
 * The options of TCP segments, always twelve bytes of them:
 *
 * <ul>
 * <li>time stamps (RFC 7323), 10 bytes and two to align them;
 * <li>where there is a gap to report, the range beyond it instead (RFC 2018), also 10 and two.
 * assumption: Linux sends both and 12 bytes more; here a frame stays as long as the model has it;
 * <li>of a segment that opens a connection the maximum segment size 4, that ranges can be reported
 * 2, the scale of windows 3 (RFC 9293, 2018, 7323), and three to align them.
 * </ul>
 */
final class TcpOptions {
  static final int BYTES = 12;

  private static final byte NOTHING = 1;
  private static final byte SEGMENT_SIZE = 2;
  private static final byte WINDOW_SCALE = 3;
  private static final byte RANGES_PERMITTED = 4;
  private static final byte RANGES = 5;
  private static final byte TIME_STAMPS = 8;

  /** A tick of the time stamps: Linux counts milliseconds. */
  private static final long TICK_PS = 1_000_000_000L;

  private TcpOptions() {}

  /** The time stamp of an instant; never 0 at the start, which says nothing. */
  static int stamp(long nowPs) {
    return 1 + (int) (nowPs / TICK_PS);
  }

  /**
   * Those of a segment that opens a connection.
   *
   * @param segmentBytes payload of a full segment without options (RFC 9293 section 3.7.1)
   * @param scale by how many bits windows are shifted
   */
  static void writeOpening(ByteBuffer out, int segmentBytes, int scale) {
    out.put(SEGMENT_SIZE).put((byte) 4).putShort((short) segmentBytes);
    out.put(RANGES_PERMITTED).put((byte) 2);
    out.put(NOTHING).put(WINDOW_SCALE).put((byte) 3).put((byte) scale);
    out.put(NOTHING).put(NOTHING);
  }

  /** The numbers of a range that has arrived beyond a gap. */
  static void writeRange(ByteBuffer out, int from, int to) {
    out.put(NOTHING).put(NOTHING).put(RANGES).put((byte) 10).putInt(from).putInt(to);
  }

  /** The sender's time stamp, and the last of the other side's that it has seen. */
  static void writeStamps(ByteBuffer out, int own, int others) {
    out.put(NOTHING).put(NOTHING).put(TIME_STAMPS).put((byte) 10).putInt(own).putInt(others);
  }
}
