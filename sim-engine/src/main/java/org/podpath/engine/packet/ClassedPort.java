package org.podpath.engine.packet;

import org.podpath.engine.cluster.PortQueues.Pause;
import org.podpath.engine.cluster.PortQueues.Scheduling;
import org.podpath.engine.kernel.EventHandler;

/**
 * A port with a queue for each class of traffic, or one that can be told to wait (PFC). What leaves
 * next is known only when the port is free, so a hop is two events.
 *
 * <p>It also keeps what the switch at the end of its link still holds of its frames, for which that
 * switch may pause it.
 */
final class ClassedPort extends Port {
  /** A pause frame on the wire: 64 bytes, preamble and gap (IEEE 802.3 annex 31D). */
  private static final int PAUSE_FRAME_BYTES = 84;

  private static final int CLASSES = Scheduling.CLASSES;

  private final PacketEngine engine;
  private final PortPlan plan;
  private final Marker marker;
  private final SharedBuffer shared;
  private final ClassQueues queues;
  private final int departures;
  private final boolean[] paused = new boolean[CLASSES];
  private final long[] pausedSincePs = new long[CLASSES];
  private final boolean[] told = new boolean[CLASSES];
  private final long[] heldBytes = new long[CLASSES];
  private final EventHandler[] pauses = new EventHandler[CLASSES];
  private final EventHandler[] resumes = new EventHandler[CLASSES];
  private boolean busy;
  private int leavingBytes;
  private int leavingClass;
  private int leavingLink;
  private long pausedPs;
  private long mostBytes;

  /**
   * An idle port.
   *
   * @param shared the buffer of its switch, or null where the port has its own
   */
  ClassedPort(PacketEngine engine, PortPlan plan, Marker marker, SharedBuffer shared) {
    super(engine, plan);
    this.engine = engine;
    this.plan = plan;
    this.marker = marker;
    this.shared = shared;
    queues = new ClassQueues(plan.queues().scheduling());
    departures = simulator.register(this);
    for (int c = 0; c < CLASSES; c++) {
      int trafficClass = c;
      pauses[c] = () -> pause(trafficClass);
      resumes[c] = () -> resume(trafficClass);
    }
  }

  @Override
  void send(Port from, long header, long sequence, long extra) {
    int wireBytes = Frame.wireBytes(header);
    int trafficClass = Frame.trafficClass(header);
    ClassedPort sender = plan.queues().pause().isPresent() ? (ClassedPort) from : null;
    if (!fits(wireBytes) || !hasRoom(sender, trafficClass, wireBytes)) {
      drop(header);
      return;
    }
    long marked = header;
    if (marker != null) {
      Marker.Fate fate = marker.decide(queues.bytes(trafficClass), header);
      if (fate == Marker.Fate.DROP) {
        drop(header);
        return;
      }
      if (fate == Marker.Fate.MARK) {
        marked |= Frame.MARKED;
        markedFrames++;
      }
    }
    takenFrames++;
    takenBytes += wireBytes;
    int cameOver = from == null ? -1 : from.link.id();
    queues.add(cameOver, marked, sequence, extra);
    mostBytes = Math.max(mostBytes, queuedBytes());
    if (sender != null) {
      sender.hold(trafficClass, wireBytes, plan.queues().pause().get());
    }
    if (!busy) {
      beginNext();
    }
  }

  private boolean hasRoom(ClassedPort sender, int trafficClass, int wireBytes) {
    if (sender != null) {
      Pause pause = plan.queues().pause().get();
      return sender.heldBytes[trafficClass] + wireBytes
          <= pause.pauseBytes() + sender.headroomBytes(pause);
    }
    return shared != null
        ? shared.takes(this, wireBytes)
        : queuedBytes() + wireBytes <= plan.queues().bufferBytes();
  }

  /** What is still under way when the pause is sent: 2 · delay · rate, and a frame each way. */
  private long headroomBytes(Pause pause) {
    return pause.headroomBytes() > 0
        ? pause.headroomBytes()
        : 2 * bytesOf(link.delayPs()) + 2L * plan.mostWireBytes();
  }

  private void beginNext() {
    int next = queues.next(paused);
    if (next < 0) {
      return;
    }
    FrameRing queue = queues.queue(next);
    long header = queue.firstHeader();
    leavingBytes = Frame.wireBytes(header);
    leavingClass = Frame.trafficClass(header);
    leavingLink = (int) queue.firstNote();
    long leftPs = simulator.nowPs() + framePs(leavingBytes);
    busy = true;
    launch(leftPs, header, queue.firstSequence(), queue.firstExtra());
    queues.removeFirst(next);
    simulator.wake(departures, leftPs);
  }

  @Override
  public void wake(int entity) {
    if (entity != departures) {
      arrive();
      return;
    }
    busy = false;
    if (leavingLink >= 0 && plan.queues().pause().isPresent()) {
      ((ClassedPort) engine.port(leavingLink))
          .release(leavingClass, leavingBytes, plan.queues().pause().get());
    }
    beginNext();
  }

  private void hold(int trafficClass, int bytes, Pause pause) {
    heldBytes[trafficClass] += bytes;
    if (!told[trafficClass] && heldBytes[trafficClass] > pause.pauseBytes()) {
      told[trafficClass] = true;
      simulator.after(tellPs(), pauses[trafficClass]);
    }
  }

  private void release(int trafficClass, int bytes, Pause pause) {
    heldBytes[trafficClass] -= bytes;
    if (told[trafficClass] && heldBytes[trafficClass] < pause.resumeBytes()) {
      told[trafficClass] = false;
      simulator.after(tellPs(), resumes[trafficClass]);
    }
  }

  private long tellPs() {
    return link.delayPs() + framePs(PAUSE_FRAME_BYTES);
  }

  private void pause(int trafficClass) {
    paused[trafficClass] = true;
    pausedSincePs[trafficClass] = simulator.nowPs();
    engine.paused(trafficClass);
  }

  private void resume(int trafficClass) {
    paused[trafficClass] = false;
    pausedPs += simulator.nowPs() - pausedSincePs[trafficClass];
    if (!busy) {
      beginNext();
    }
  }

  boolean isPaused(int trafficClass) {
    return paused[trafficClass];
  }

  /** Bytes of a class that came over the link with this id and wait here. */
  long waitingBytes(int trafficClass, int cameOver) {
    return queues.bytesOver(trafficClass, cameOver);
  }

  /** Whether what waits in front of ports that stay paused keeps this one paused too. */
  boolean staysPaused(int trafficClass, long stuckBytes) {
    return paused[trafficClass]
        && told[trafficClass]
        && stuckBytes >= engine.pauseAt(link.to()).resumeBytes();
  }

  @Override
  long queuedBytes() {
    return queues.bytes() + (busy ? leavingBytes : 0);
  }

  @Override
  long mostQueuedBytes() {
    return mostBytes;
  }

  @Override
  int framesInside() {
    return queues.frames() + underway.size();
  }

  @Override
  long pausedPs() {
    long sumPs = pausedPs;
    for (int c = 0; c < CLASSES; c++) {
      sumPs += paused[c] ? simulator.nowPs() - pausedSincePs[c] : 0;
    }
    return sumPs;
  }
}
