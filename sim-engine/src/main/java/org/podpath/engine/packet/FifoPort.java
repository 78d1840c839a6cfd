package org.podpath.engine.packet;

/**
 * A port with one queue, first in, first out. When a frame arrives, the time at which the port is
 * next free says whether it is dropped or marked and when it leaves, so a hop is one event.
 */
final class FifoPort extends Port {
  private final long bufferPs;
  private final Marker marker;
  private final SharedBuffer shared;
  private long freeAtPs;
  private long mostWaitPs;

  /**
   * An idle port.
   *
   * @param shared the buffer of its switch, or null where the port has its own
   */
  FifoPort(PacketEngine engine, PortPlan plan, Marker marker, SharedBuffer shared) {
    super(engine, plan);
    this.marker = marker;
    this.shared = shared;
    double roomPs = plan.queues().bufferBytes() * 8e12 / link.bitsPerSecond();
    bufferPs = roomPs > Long.MAX_VALUE / 4 ? Long.MAX_VALUE / 4 : (long) roomPs;
  }

  @Override
  void send(Port from, long header, long sequence, long extra) {
    long nowPs = simulator.nowPs();
    int wireBytes = Frame.wireBytes(header);
    long framePs = framePs(wireBytes);
    long startPs = Math.max(nowPs, freeAtPs);
    long waitPs = startPs - nowPs;
    if (waitPs + framePs > bufferPs || !fits(wireBytes)) {
      drop(header);
      return;
    }
    if (shared != null && !shared.takes(this, wireBytes)) {
      drop(header);
      return;
    }
    long marked = header;
    if (marker != null) {
      switch (marker.decide(bytesOf(waitPs), header)) {
        case KEEP -> {} // as it came
        case MARK -> {
          marked |= Frame.MARKED;
          markedFrames++;
        }
        case DROP -> {
          drop(header);
          return;
        }
      }
    }
    takenFrames++;
    takenBytes += wireBytes;
    mostWaitPs = Math.max(mostWaitPs, waitPs);
    long leftPs = startPs + framePs;
    if (from != null) {
      leftPs = Math.max(leftPs, nowPs + from.tailPs(wireBytes));
    }
    freeAtPs = leftPs;
    launch(leftPs, marked, sequence, extra);
  }

  @Override
  public void wake(int entity) {
    arrive();
  }

  @Override
  long queuedBytes() {
    return bytesOf(Math.max(0, freeAtPs - simulator.nowPs()));
  }

  @Override
  long mostQueuedBytes() {
    return bytesOf(mostWaitPs);
  }

  @Override
  int framesInside() {
    return underway.size();
  }

  @Override
  long pausedPs() {
    return 0;
  }
}
