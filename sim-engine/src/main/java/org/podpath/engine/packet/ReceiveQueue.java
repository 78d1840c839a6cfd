package org.podpath.engine.packet;

import org.podpath.engine.datapath.Interrupts;
import org.podpath.engine.datapath.KernelLimits;
import org.podpath.engine.kernel.Entity;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.results.QueueUse;

/**
 * A receive queue of a network card and the polls that empty it. Frames are told of as soon as it is
 * known when they come, so that only the one that finds the queue quiet is an event. It raises an interrupt
 * after its moderation; none is raised while a poll goes on. A poll takes frames until none waits, at most {@link
 * KernelLimits#POLL_FRAMES}, each packet going up the stack as soon as GRO has it whole; then it flushes
 * what GRO holds and is over. After a poll that took as many the next follows without an interrupt
 * (Linux, net/core/dev.c, napi_complete_done, napi_gro_flush). A frame that finds the ring full is
 * dropped.
 */
final class ReceiveQueue implements Softirq, Entity {
  private final Simulator simulator;
  private final PacketEngine engine;
  private final CpuCore core;
  private final Interrupts interrupts;
  private final int ringFrames;
  /** Whose kernel polls; null where it is that of the pods. */
  private final Below below;
  private final int id;
  private final QueueBook book;
  /**
   * Frames of the part of a poll that goes on first, then those that wait, then those that are to come,
   * each with the moment at which it comes.
   */
  private final FrameRing frames = new FrameRing(8);
  private final Line<PollEnd> met = new Line<>();
  private final Line<PollEnd> holding = new Line<>();
  /** Frames that have come and are still here, as far as anybody has looked. */
  private int here;
  /** Frames that this part of the poll took. */
  private int taken;
  /** Frames that the poll took, this part included. */
  private int polled;
  private boolean lastPart;
  private int lastPolled;
  /** Whether an interrupt is to come or polls go on. */
  private boolean armed;
  private boolean again;
  private long dropped;
  private long polls;
  /** When the last interrupt is through. */
  private long interruptedUntilPs;
  private long takenFrames;
  private long waitedPs;
  private double busyPs;
  private long raised;
  private long raisedPs;

  /** An empty ring of so many frames. */
  ReceiveQueue(PacketEngine engine, CpuCore core, Interrupts interrupts, int ringFrames) {
    this(engine, core, interrupts, ringFrames, null);
  }

  /** The same of a host whose pods run in a guest, or whose packets are steered. */
  ReceiveQueue(
      PacketEngine engine, CpuCore core, Interrupts interrupts, int ringFrames, Below below) {
    this.below = below;
    this.engine = engine;
    this.core = core;
    this.interrupts = interrupts;
    this.ringFrames = ringFrames;
    simulator = engine.simulator;
    id = simulator.register(this);
    book = engine.books == null ? null : book();
  }

  private QueueBook book() {
    QueueBook.Word word =
        new QueueBook.Word("receive queue " + id, frames::size, this::dropped, () -> 0);
    return below == null ? engine.books.inPod(word) : engine.books.between(word);
  }

  /**
   * A frame comes at {@code atPs}, now or later, whatever else happens. It is dropped then if the ring is
   * full.
   */
  void expect(long atPs, long header, long sequence, long extra) {
    assert engine.books.came(book, simulator.nowPs(), header);
    frames.add(atPs, header, sequence, extra);
    int place = frames.size() - 1;
    while (place > here && comesBefore(atPs, header, place - 1)) {
      frames.swap(place, --place);
    }
    if (!armed && place == 0) {
      simulator.wake(id, atPs);
    }
  }

  /** Of frames that come at one moment, those over the link of the lower number come first. */
  private boolean comesBefore(long atPs, long header, int other) {
    long otherPs = frames.note(other);
    return atPs < otherPs
        || atPs == otherPs && engine.lastLink(header) < engine.lastLink(frames.header(other));
  }

  /** Takes note of what has come by now; what finds the ring full is dropped. */
  void look() {
    long nowPs = simulator.nowPs();
    while (here < frames.size() && frames.note(here) <= nowPs) {
      long header = frames.header(here);
      if (here - taken < ringFrames) {
        here++;
      } else {
        dropped++;
        long sequence = frames.sequence(here);
        frames.remove(here);
        assert engine.books.droppedInside(book, nowPs, header);
        engine.lost(header, sequence);
      }
    }
  }

  /** Polls that are over. */
  long polls() {
    return polls;
  }

  /** Frames that found the ring full. */
  long dropped() {
    return dropped;
  }

  /** What it did as the queue of {@code cpu} of {@code host}. */
  QueueUse use(int host, int cpu) {
    return new QueueUse(
        host, cpu, takenFrames, dropped(), waitedPs, core.scaled(busyPs), raised, raisedPs);
  }

  /** A frame has come to a queue that is quiet, or the interrupt is due. */
  @Override
  public void wake(int entity) {
    long nowPs = simulator.nowPs();
    if (!armed) {
      armed = true;
      interrupts.busy(nowPs);
      simulator.wake(id, interrupts.nextPs(nowPs));
      return;
    }
    interrupts.raised(nowPs);
    double interruptPs = end(frames.firstHeader()).interruptPs();
    interruptedUntilPs = nowPs + core.scaled(interruptPs);
    raised++;
    raisedPs += interruptedUntilPs - frames.firstNote();
    core.raise(this, interruptPs);
  }

  @Override
  public double beginPs(CpuCore at) {
    lastPart = !takeUntilPacket(at);
    if (lastPart) {
      flush(at);
    }
    double ps = 0;
    for (int i = 0; i < met.size(); i++) {
      ps += met.get(i).partPs();
    }
    busyPs += ps;
    return ps;
  }

  /** Takes frames until a packet goes up the stack; false if none does. */
  private boolean takeUntilPacket(CpuCore at) {
    look();
    long beginsPs = Math.max(simulator.nowPs(), interruptedUntilPs);
    boolean whole = false;
    long bytes = 0;
    while (!whole && polled < KernelLimits.POLL_FRAMES && taken < here) {
      long header = frames.header(taken);
      PollEnd end = end(header);
      meet(end);
      boolean held = end.holds();
      whole = end.take(header, frames.sequence(taken), at);
      if (!held && end.holds()) {
        holding.add(end);
      }
      bytes += Frame.wireBytes(header);
      waitedPs += beginsPs - frames.note(taken);
      taken++;
      polled++;
    }
    takenFrames += taken;
    interrupts.seen(taken, bytes);
    return whole;
  }

  private void flush(CpuCore at) {
    for (int i = 0; i < holding.size(); i++) {
      PollEnd end = holding.get(i);
      if (end.holds()) {
        meet(end);
        end.flush(at);
      }
    }
    holding.clear();
  }

  private void meet(PollEnd end) {
    if (end.joinPart()) {
      met.add(end);
    }
  }

  private PollEnd end(long header) {
    return below == null
        ? engine.channel(header).carrier.pollEnd(header)
        : below.pollEnd(header);
  }

  @Override
  public void end() {
    for (; taken > 0; taken--) {
      long header = frames.firstHeader();
      long sequence = frames.firstSequence();
      long extra = frames.firstExtra();
      frames.removeFirst();
      assert engine.books.left(book, simulator.nowPs(), header);
      here--;
      end(header).arrive(header, sequence, extra);
    }
    for (int i = 0; i < met.size(); i++) {
      met.get(i).endPart();
    }
    met.clear();
    look();
    if (lastPart || holding.isEmpty() && (here == 0 || polled == KernelLimits.POLL_FRAMES)) {
      endPoll();
    }
  }

  private void endPoll() {
    polls++;
    holding.clear();
    lastPolled = polled;
    polled = 0;
    armed = here > 0;
    again = armed && lastPolled == KernelLimits.POLL_FRAMES;
    if (!armed) {
      interrupts.quiet(simulator.nowPs());
      if (!frames.isEmpty()) {
        simulator.wake(id, frames.firstNote());
      }
    }
    if (armed && !again) {
      long duePs = interrupts.nextPs(frames.firstNote());
      simulator.wake(id, Math.max(duePs, simulator.nowPs()));
    }
  }

  @Override
  public boolean goesOn() {
    return polled > 0;
  }

  @Override
  public int polledFrames() {
    return lastPolled;
  }

  @Override
  public boolean pending() {
    return again;
  }
}
