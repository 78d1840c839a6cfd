package org.podpath.engine.packet;

import org.podpath.engine.datapath.HostPaths;
import org.podpath.engine.datapath.Segment.Per;
import org.podpath.engine.datapath.Usage;

/** Frames of one direction of a channel at a core that polls. */
final class PollerStop {
  final PollingCore core;
  private final Usage usage;
  private final long waitPs;
  private final double framePs;
  private final double psPerByte;
  /** What a frame has on the wire beside its payload. */
  private final int overheadBytes;

  PollerStop(PollingCore core, HostPaths.Turn turn, Usage usage, int overheadBytes) {
    this.core = core;
    this.usage = usage;
    this.overheadBytes = overheadBytes;
    waitPs = turn.waitPs();
    framePs = turn.framePs(0);
    psPerByte = turn.segment().ps(Per.BYTE);
  }

  /** Until the core looks. */
  long waitPs() {
    return waitPs;
  }

  /** What the core spends on the frame. */
  long framePs(long header) {
    return Math.round(framePs + payloadBytes(header) * psPerByte);
  }

  /** The frame is done with. */
  void charge(long header) {
    usage.add(0, 1, 0, 0, payloadBytes(header));
  }

  private int payloadBytes(long header) {
    return Math.max(0, Frame.wireBytes(header) - overheadBytes);
  }
}
