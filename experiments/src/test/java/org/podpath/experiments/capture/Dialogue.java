package org.podpath.experiments.capture;

import org.podpath.engine.results.FrameTap;
import org.podpath.engine.results.SeenFrame;
import org.podpath.engine.results.SeenFrame.Kind;
import org.podpath.engine.traffic.Connection;

/**
 * A connection that is opened, carries a few segments with a gap, and is closed, as it is seen at
 * both links of the opener's host: one frame a microsecond.
 */
final class Dialogue {
  private static final long PS_PER_US = 1_000_000;
  private static final int UP = 0; // host0.up of Topology.oneSwitch with two hosts
  private static final int DOWN = 2; // host0.down
  private static final long WINDOW_BYTES = 1_250_000;

  private final FrameTap tap;
  private final Connection connection;
  private long nowPs;

  Dialogue(FrameTap tap, Connection connection, long startPs) {
    this.tap = tap;
    this.connection = connection;
    nowPs = startPs;
  }

  /** Frames that {@link #play} shows. */
  static final int FRAMES = 14;

  void play(int segmentBytes) {
    show(false, Kind.SYN, 0, 0, 0);
    show(true, Kind.SYN_ACKNOWLEDGEMENT, 0, 0, 0);
    show(false, Kind.ACKNOWLEDGEMENT, 0, 0, 0);
    show(false, Kind.DATA, 0, segmentBytes, 0);
    show(true, Kind.ACKNOWLEDGEMENT, 0, 0, segmentBytes);
    // the next is lost behind the link, the one after it arrives
    show(false, Kind.DATA, segmentBytes, segmentBytes, 0);
    show(false, Kind.DATA, 2L * segmentBytes, 100, 0);
    gap(segmentBytes, 2L * segmentBytes, 2L * segmentBytes + 100);
    show(false, Kind.DATA, segmentBytes, segmentBytes, 0);
    show(true, Kind.ACKNOWLEDGEMENT, 0, 0, 2L * segmentBytes + 100);
    show(true, Kind.DATA, 0, 1, 2L * segmentBytes + 100);
    show(false, Kind.FIN, 2L * segmentBytes + 100, 0, 1);
    show(true, Kind.FIN, 1, 0, 2L * segmentBytes + 100);
    show(false, Kind.ACKNOWLEDGEMENT, 2L * segmentBytes + 100, 0, 1);
  }

  /** Three packets, of which the second is marked, and every answer that RoCE has. */
  void playRoce(int segmentBytes) {
    show(false, Kind.DATA, 0, segmentBytes, 0);
    show(true, Kind.ACKNOWLEDGEMENT, 0, 0, segmentBytes);
    show(
        new SeenFrame(
            connection, false, Kind.DATA, segmentBytes, segmentBytes, 0, 0, 0, WINDOW_BYTES, true,
            false));
    show(true, Kind.CONGESTION_NOTIFICATION, 0, 0, 0);
    show(false, Kind.DATA, 2L * segmentBytes, 100, 0);
    show(true, Kind.OUT_OF_SEQUENCE, 0, 0, segmentBytes);
    show(false, Kind.DATA, segmentBytes, segmentBytes, 0);
    show(false, Kind.DATA, 2L * segmentBytes, 100, 0);
    show(true, Kind.ACKNOWLEDGEMENT, 0, 0, 2L * segmentBytes + 100);
  }

  /** One datagram each way. */
  void playUdp(int bytes) {
    show(false, Kind.DATA, 0, bytes, 0);
    show(true, Kind.DATA, 0, 1, 0);
  }

  private void gap(long acknowledged, long from, long to) {
    show(
        new SeenFrame(
            connection, true, Kind.ACKNOWLEDGEMENT, 0, 0, acknowledged, from, to, WINDOW_BYTES,
            false, false));
  }

  private void show(
      boolean reverse, Kind kind, long sequence, int payloadBytes, long acknowledged) {
    show(
        new SeenFrame(
            connection, reverse, kind, sequence, payloadBytes, acknowledged, 0, 0, WINDOW_BYTES,
            false, false));
  }

  private void show(SeenFrame frame) {
    nowPs += PS_PER_US;
    tap.frame(nowPs, frame.reverse() ? DOWN : UP, frame);
  }
}
