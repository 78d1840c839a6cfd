package org.podpath.engine.packet;

import java.util.Optional;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.cluster.PortQueues.Pause;
import org.podpath.engine.cluster.PortQueues.Scheduling;
import org.podpath.engine.kernel.Entity;
import org.podpath.engine.kernel.EventHandler;
import org.podpath.engine.kernel.Simulator;

/**
 * A port with a queue for each class of traffic, or one that can be told to wait (PFC). What leaves
 * next is known only when the port is free, so a hop is two events.
 *
 * <p>It also keeps what the switch at the end of its link still holds of its frames, for which that
 * switch may pause it.
 */
final class ClassedPort implements Entity {
  private static final int CLASSES = Scheduling.CLASSES;

  private final PacketEngine engine;
  private final Simulator simulator;
  private final int port;
  private final PortPlan plan;
  private final Link link;
  private final ClassQueues queues;
  /** Frames that left and have not arrived; the note is when they will. */
  private final FrameRing underway = new FrameRing(8);
  private final int arrivals;
  private final int departures;
  private final boolean[] paused = new boolean[CLASSES];
  private final long[] pausedSincePs = new long[CLASSES];
  private final boolean[] told = new boolean[CLASSES];
  private final long[] heldThereBytes = new long[CLASSES];
  private final EventHandler[] pauses = new EventHandler[CLASSES];
  private final EventHandler[] resumes = new EventHandler[CLASSES];
  /** Room at the end of the link for what still comes when a pause is due. */
  private final long headroomBytes;
  private boolean busy;
  private int leavingBytes;
  private int leavingClass;
  private int leavingFrom;
  private long pausedPs;
  private long mostBytes;
  private long takenBytes;
  private long droppedFrames;
  /** Frames that found no room left for this link in the switch at its end. */
  private long pressedOut;
  private long markedFrames;

  /** An idle port. */
  ClassedPort(PacketEngine engine, int port, PortPlan plan) {
    this.engine = engine;
    this.port = port;
    this.plan = plan;
    simulator = engine.simulator;
    link = plan.link();
    queues = new ClassQueues(plan.queues().scheduling());
    headroomBytes = plan.canBePaused() ? headroomBytes() : 0;
    arrivals = simulator.register(this);
    departures = simulator.register(this);
    for (int c = 0; c < CLASSES; c++) {
      int trafficClass = c;
      pauses[c] = () -> pause(trafficClass);
      resumes[c] = () -> resume(trafficClass);
    }
  }

  /**
   * Takes a frame, or drops it.
   *
   * @param from the port whose link it came over; −1 where it begins its way
   */
  void send(int from, long header, long sequence, long extra) {
    int wireBytes = Frame.wireBytes(header);
    int trafficClass = Frame.trafficClass(header);
    ClassedPort sender =
        plan.queues().pause().isPresent() && from >= 0 ? engine.ports.queued(from) : null;
    Marker.Fate fate =
        plan.marker() == null
            ? Marker.Fate.KEEP
            : plan.marker().decide(heldBytes(trafficClass), header);
    if (fate == Marker.Fate.DROP
        || wireBytes > plan.mostWireBytes()
        || !hasRoom(sender, trafficClass, wireBytes)) {
      droppedFrames++;
      engine.dropped(port, header, sequence);
      return;
    }
    long passed = fate == Marker.Fate.MARK ? header | Frame.MARKED : header;
    markedFrames += fate == Marker.Fate.MARK ? 1 : 0;
    takenBytes += wireBytes;
    mostBytes = Math.max(mostBytes, queuedBytes());
    queues.add(from, passed, sequence, extra);
    if (sender != null) {
      sender.hold(trafficClass, wireBytes, plan.queues().pause().get());
    }
    if (!busy) {
      beginNext();
    }
  }

  private boolean hasRoom(ClassedPort sender, int trafficClass, int wireBytes) {
    if (sender != null) {
      return sender.hasRoomThere(trafficClass, wireBytes, plan.queues());
    }
    return plan.shared() != null
        ? plan.shared().takesBehind(heldBytes(trafficClass), wireBytes)
        : heldBytes(trafficClass) + wireBytes <= plan.queues().bufferBytes();
  }

  /** Whether the switch at the end of the link takes one more of its frames. */
  private boolean hasRoomThere(int trafficClass, int wireBytes, PortQueues there) {
    long allBytes = wireBytes;
    for (int c = 0; c < CLASSES; c++) {
      allBytes += heldThereBytes[c];
    }
    long mostBytes = there.pause().orElseThrow().pauseBytes() + headroomBytes;
    boolean fits =
        allBytes <= there.bufferBytes()
            && heldThereBytes[trafficClass] + wireBytes <= mostBytes;
    pressedOut += fits ? 0 : 1;
    return fits;
  }

  /** Bytes in the queue of a class, those of its frame that is leaving included. */
  private long heldBytes(int trafficClass) {
    boolean leaves = busy && queues.areOne(leavingClass, trafficClass);
    return queues.bytes(trafficClass) + (leaves ? leavingBytes : 0);
  }

  private long headroomBytes() {
    return engine.pauseAt(link.to())
        .headroomBytes(link, plan.extraDelayPs(), engine.network.mostFrameBytes());
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
    leavingFrom = (int) queue.firstNote();
    long leftPs = simulator.nowPs() + framePs(leavingBytes);
    busy = true;
    long arrivalPs = leftPs + link.delayPs() + plan.extraDelayPs() - tailPs(leavingBytes);
    underway.add(arrivalPs, header, queue.firstSequence(), queue.firstExtra());
    if (underway.size() == 1) {
      simulator.wake(arrivals, arrivalPs);
    }
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
    if (leavingFrom >= 0 && plan.queues().pause().isPresent()) {
      engine.ports
          .queued(leavingFrom)
          .release(leavingClass, leavingBytes, plan.queues().pause().get());
    }
    beginNext();
  }

  private void arrive() {
    long header = underway.firstHeader();
    long sequence = underway.firstSequence();
    long extra = underway.firstExtra();
    underway.removeFirst();
    if (!underway.isEmpty()) {
      simulator.wake(arrivals, underway.firstNote());
    }
    engine.arrived(port, simulator.nowPs(), header, sequence, extra);
  }

  private long framePs(int bytes) {
    return Link.serialisationPs(bytes, link.bitsPerSecond());
  }

  /** How long after the event of its arrival the last bit of a frame is there. */
  long tailPs(int wireBytes) {
    return plan.headBytes() == 0 || wireBytes <= plan.headBytes()
        ? 0
        : framePs(wireBytes - (int) plan.headBytes());
  }

  Link link() {
    return link;
  }

  private void hold(int trafficClass, int bytes, Pause pause) {
    heldThereBytes[trafficClass] += bytes;
    if (!told[trafficClass] && heldThereBytes[trafficClass] > pause.pauseBytes()) {
      told[trafficClass] = true;
      simulator.after(tellPs(), pauses[trafficClass]);
    }
  }

  private void release(int trafficClass, int bytes, Pause pause) {
    heldThereBytes[trafficClass] -= bytes;
    if (told[trafficClass] && heldThereBytes[trafficClass] < pause.resumeBytes()) {
      told[trafficClass] = false;
      simulator.after(tellPs(), resumes[trafficClass]);
    }
  }

  private long tellPs() {
    return link.delayPs() + framePs(Pause.FRAME_BYTES);
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

  /** Frames of a channel that wait here. */
  int waitingFrames(int channel) {
    return queues.framesOf(channel);
  }

  /** Bytes of a class that came over the link of the port {@code from} and wait here. */
  long waitingBytes(int trafficClass, ClassedPort from) {
    return queues.bytesOver(trafficClass, from.port);
  }

  /** Whether what waits in front of ports that stay paused keeps this one paused too. */
  boolean staysPaused(int trafficClass, long stuckBytes) {
    return paused[trafficClass]
        && told[trafficClass]
        && stuckBytes >= engine.pauseAt(link.to()).resumeBytes();
  }

  long queuedBytes() {
    return queues.bytes() + (busy ? leavingBytes : 0);
  }

  long takeMostQueuedBytes() {
    long most = mostBytes;
    mostBytes = 0;
    return most;
  }

  int framesInside() {
    return queues.frames() + underway.size();
  }

  long takenBytes() {
    return takenBytes;
  }

  long droppedFrames() {
    return droppedFrames;
  }

  long markedFrames() {
    return markedFrames;
  }

  /** What of this link was dropped at its end though pauses hold it back; empty if nothing was. */
  Optional<String> pressedOut() {
    if (pressedOut == 0) {
      return Optional.empty();
    }
    long comingBytes =
        Pause.comingBytes(link, plan.extraDelayPs(), engine.network.mostFrameBytes());
    return Optional.of(
        pressedOut + " packets of " + link.name() + " found no room beyond the pause and were"
            + " dropped, which pauses are to prevent: its headroom is " + headroomBytes
            + " bytes, and " + comingBytes + " may still come");
  }

  long pausedPs() {
    long sumPs = pausedPs;
    for (int c = 0; c < CLASSES; c++) {
      sumPs += paused[c] ? simulator.nowPs() - pausedSincePs[c] : 0;
    }
    return sumPs;
  }
}
