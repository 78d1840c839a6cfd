package org.podpath.engine.packet;

import org.podpath.engine.cluster.Link;
import org.podpath.engine.kernel.Entity;
import org.podpath.engine.kernel.Simulator;

/**
 * A port and the link behind it. Frames that have left are kept in the order in which they will
 * arrive, and only the first of them is in the event queue.
 */
abstract sealed class Port implements Entity permits FifoPort, ClassedPort {
  final Simulator simulator;
  final Link link;
  /** Frames that left and have not arrived; the note is when they will. */
  final FrameRing underway = new FrameRing(8);
  private final PacketEngine engine;
  private final long psPerByte;
  private final long delayPs;
  private final int arrivals;
  private final int mostWireBytes;
  /** A frame arrives when so many bytes of it have: all of it, or its header at a cut-through switch. */
  private final long headBytes;

  long takenFrames;
  long takenBytes;
  long droppedFrames;
  long markedFrames;

  Port(PacketEngine engine, PortPlan plan) {
    this.engine = engine;
    simulator = engine.simulator;
    link = plan.link();
    delayPs = link.delayPs() + plan.extraDelayPs();
    headBytes = plan.headBytes();
    mostWireBytes = plan.mostWireBytes();
    psPerByte =
        Link.serialisationPs(8, link.bitsPerSecond()) * 1000
            == Link.serialisationPs(8000, link.bitsPerSecond())
            && Link.serialisationPs(8, link.bitsPerSecond()) % 8 == 0
                ? Link.serialisationPs(8, link.bitsPerSecond()) / 8
                : 0;
    arrivals = simulator.register(this);
  }

  /**
   * Takes a frame, or drops it.
   *
   * @param from the port whose link it came over; null where it begins its way
   */
  abstract void send(Port from, long header, long sequence, long extra);

  /** Time to put so many bytes on the wire. */
  final long framePs(int bytes) {
    return psPerByte != 0
        ? bytes * psPerByte
        : Link.serialisationPs(bytes, link.bitsPerSecond());
  }

  /** Bytes that leave within {@code ps}, for {@code ps} of this port's own making. */
  final long bytesOf(long ps) {
    return psPerByte != 0 ? ps / psPerByte : Math.round(ps * 1e-12 * link.bitsPerSecond() / 8);
  }

  /** Whether the link takes frames of this size. */
  final boolean fits(int wireBytes) {
    return wireBytes <= mostWireBytes;
  }

  /** The last bit of a frame leaves at {@code leftPs}. */
  final void launch(long leftPs, long header, long sequence, long extra) {
    long arrivalPs = leftPs + delayPs;
    if (headBytes != 0) {
      arrivalPs -= tailPs(Frame.wireBytes(header));
    }
    underway.add(arrivalPs, header, sequence, extra);
    if (underway.size() == 1) {
      simulator.wake(arrivals, arrivalPs);
    }
  }

  /** How long after the event of its arrival the last bit of a frame is there. */
  final long tailPs(int wireBytes) {
    return headBytes == 0 || wireBytes <= headBytes ? 0 : framePs(wireBytes - (int) headBytes);
  }

  /** A frame has come to the end of the link. */
  final void arrive() {
    FrameRing frames = underway;
    long header = frames.firstHeader();
    long sequence = frames.firstSequence();
    long extra = frames.firstExtra();
    frames.removeFirst();
    if (!frames.isEmpty()) {
      simulator.wake(arrivals, frames.firstNote());
    }
    engine.arrived(this, header, sequence, extra);
  }

  final void drop(long header) {
    droppedFrames++;
    engine.dropped(this, header);
  }

  /** Bytes that wait here now, those of the frame that is leaving included. */
  abstract long queuedBytes();

  /** The most bytes that a frame found waiting here. */
  abstract long mostQueuedBytes();

  /** Frames that have been taken and have not arrived. */
  abstract int framesInside();

  /** Time for which the port was told to wait, of all classes together. */
  abstract long pausedPs();
}
