package org.podpath.engine.packet;

import org.podpath.engine.cluster.Link;
import org.podpath.engine.kernel.Entity;
import org.podpath.engine.kernel.Simulator;

/**
 * All ports with one queue, first in, first out. When a frame arrives, the time at which its port is
 * next free says whether it is dropped or marked and when it leaves, so a hop is one event; however
 * many frames are under way, only the first of a link is in the event queue.
 *
 * <p>A port is a row of eight numbers in one array, and its frames lie in a stretch of another: a hop
 * touches little memory, and nothing is allocated once the stretches are as long as queues get.
 *
 * <pre>
 * rows   port 0: free at, ps per byte, delay, room, taken, most wait, stretch, underway
 *        port 1: free at, ...                                          |         |
 *                                                       first place, how many   |
 *                        +---------------------------------------------+        |
 *                        v                     frames, and the first of them    |
 *                        |             +----------------------------------------+
 *                        v             v
 * slots  ... of others | free | free | frame | frame | frame | free | of others ...
 *                                      arrives at, header, sequence, extra
 * </pre>
 */
final class FifoPorts implements Entity {
  private static final int ROW = 8;
  private static final int FREE_AT_PS = 0;
  private static final int PS_PER_BYTE = 1;
  private static final int DELAY_PS = 2;
  private static final int ROOM_PS = 3;
  private static final int TAKEN_BYTES = 4;
  private static final int MOST_WAIT_PS = 5;
  /** Where the stretch begins, in frames, and how many of it are in use, less one. */
  private static final int STRETCH = 6;
  /** Frames under way, and which of the stretch is the first. */
  private static final int UNDERWAY = 7;

  private static final int LEAST_FRAMES = 16;
  private static final long NO_ROOM = -1;
  private static final long LOW_HALF = 0xffff_ffffL;

  private final PacketEngine engine;
  private final Simulator simulator;
  private final PortPlan[] plans;
  private final PortExtras[] extras;
  private final long[] rows;
  private final int[] lengths;
  private final long[] dropped;
  private final long[] marked;
  private final int firstEntity;
  /** By port: the switch at the end of its link, if that passes frames on in bundles. */
  private final Crossing[] crossings;
  /** By port: whether its link leads to a host whose kernel may be told of frames; null: none does. */
  private boolean[] toKernels;
  private final FrameMemory memory;
  /** Those of the memory. */
  private long[] slots;

  /**
   * Idle ports.
   *
   * @param plans by number of the port; null where it is of another kind
   */
  FifoPorts(PacketEngine engine, PortPlan[] plans) {
    this.engine = engine;
    this.plans = plans;
    simulator = engine.simulator;
    extras = new PortExtras[plans.length];
    crossings = new Crossing[plans.length];
    rows = new long[plans.length * ROW];
    lengths = new int[plans.length];
    dropped = new long[plans.length];
    marked = new long[plans.length];
    memory = new FrameMemory(plans.length * LEAST_FRAMES);
    slots = memory.slots();
    int first = -1;
    for (int port = 0; port < plans.length; port++) {
      int entity = simulator.register(this);
      first = port == 0 ? entity : first;
      if (plans[port] != null) {
        prepare(port, plans[port]);
      }
    }
    firstEntity = first;
  }

  private void prepare(int port, PortPlan plan) {
    int row = port * ROW;
    Link link = plan.link();
    rows[row + PS_PER_BYTE] = Link.serialisationPs(1, link.bitsPerSecond());
    rows[row + DELAY_PS] = link.delayPs() + plan.extraDelayPs();
    rows[row + ROOM_PS] = PortExtras.roomPs(plan);
    rows[row + STRETCH] = (long) memory.take(LEAST_FRAMES) << 32 | LEAST_FRAMES - 1;
    lengths[port] = LEAST_FRAMES;
    if (PortExtras.has(plan)) {
      extras[port] = PortExtras.of(plan);
      rows[row + ROOM_PS] = NO_ROOM;
    }
  }

  /** Nobody watches frames on links of these ports, which lead to hosts. */
  void leadToKernels(boolean[] leading) {
    toKernels = leading;
  }

  /** The links of these ports lead to {@code crossing}. */
  void leadTo(Crossing crossing, int[] arriving) {
    for (int port : arriving) {
      crossings[port] = crossing;
    }
  }

  /**
   * Takes a frame, or drops it.
   *
   * @param nowPs when it comes
   * @param tailPs how long after this moment its last bit is there
   */
  void send(
      int port, long nowPs, long tailPs, long header, long sequence, long extra) {
    long[] row = rows;
    int at = port * ROW;
    int wireBytes = Frame.wireBytes(header);
    long framePs = wireBytes * row[at + PS_PER_BYTE];
    long startPs = Math.max(nowPs, row[at + FREE_AT_PS]);
    long waitPs = startPs - nowPs;
    if (waitPs + framePs > row[at + ROOM_PS]) {
      sendElse(port, nowPs, tailPs, header, sequence, extra);
      return;
    }
    row[at + TAKEN_BYTES] += wireBytes;
    row[at + MOST_WAIT_PS] = Math.max(row[at + MOST_WAIT_PS], waitPs);
    long leftPs = Math.max(startPs + framePs, nowPs + tailPs);
    row[at + FREE_AT_PS] = leftPs;
    launch(port, leftPs + row[at + DELAY_PS], header, sequence, extra);
  }

  /** There is no room, or the port has extras: then its row says that there is none. */
  private void sendElse(
      int port, long nowPs, long tailPs, long header, long sequence, long extra) {
    PortExtras own = extras[port];
    if (own == null) {
      drop(port, header, sequence);
      return;
    }
    int at = port * ROW;
    int wireBytes = Frame.wireBytes(header);
    long framePs = framePs(port, wireBytes);
    long startPs = Math.max(nowPs, rows[at + FREE_AT_PS]);
    long waitPs = startPs - nowPs;
    boolean fits = wireBytes <= own.mostWireBytes() && waitPs + framePs <= own.roomPs();
    if (!fits || own.shared() != null && !own.shared().takes(port, wireBytes)) {
      drop(port, header, sequence);
      return;
    }
    Marker.Fate fate =
        own.marker() == null
            ? Marker.Fate.KEEP
            : own.marker().decide(bytesOf(port, waitPs), header);
    if (fate == Marker.Fate.DROP) {
      drop(port, header, sequence);
      return;
    }
    marked[port] += fate == Marker.Fate.MARK ? 1 : 0;
    rows[at + TAKEN_BYTES] += wireBytes;
    rows[at + MOST_WAIT_PS] = Math.max(rows[at + MOST_WAIT_PS], waitPs);
    long leftPs = Math.max(startPs + framePs, nowPs + tailPs);
    rows[at + FREE_AT_PS] = leftPs;
    long arrivalPs = leftPs + rows[at + DELAY_PS] - tailPs(port, wireBytes);
    long passed = fate == Marker.Fate.MARK ? header | Frame.MARKED : header;
    launch(port, arrivalPs, passed, sequence, extra);
  }

  private void drop(int port, long header, long sequence) {
    dropped[port]++;
    engine.dropped(port, header, sequence);
  }

  private void launch(int port, long arrivalPs, long header, long sequence, long extra) {
    if (toKernels != null
        && toKernels[port]
        && engine.expected(port, arrivalPs, header, sequence, extra)) {
      return;
    }
    int at = port * ROW;
    long underway = rows[at + UNDERWAY];
    int size = (int) (underway >>> 32);
    if (size > (int) rows[at + STRETCH]) {
      lengthen(port);
      underway = rows[at + UNDERWAY];
    }
    long stretch = rows[at + STRETCH];
    int mask = (int) stretch;
    int slot = (int) (stretch >>> 32) + ((int) underway + size & mask) << FrameRing.STRIDE_SHIFT;
    long[] into = slots;
    into[slot] = arrivalPs;
    into[slot + 1] = header;
    into[slot + 2] = sequence;
    into[slot + 3] = extra;
    rows[at + UNDERWAY] = underway + (1L << 32);
    if (size == 0) {
      if (crossings[port] != null) {
        crossings[port].expect(arrivalPs);
      } else {
        simulator.wake(firstEntity + port, arrivalPs);
      }
    }
  }

  /** When the first frame of a link arrives; {@code Long.MAX_VALUE} where none is under way. */
  long firstPs(int port) {
    int at = port * ROW;
    long underway = rows[at + UNDERWAY];
    int slot = (int) (rows[at + STRETCH] >>> 32) + (int) underway << FrameRing.STRIDE_SHIFT;
    return underway >>> 32 == 0 ? Long.MAX_VALUE : slots[slot];
  }

  /** A frame has come to the end of its link, and nobody else looks after those behind it. */
  @Override
  public void wake(int entity) {
    int port = entity - firstEntity;
    int at = port * ROW;
    long underway = rows[at + UNDERWAY];
    if (underway >>> 32 > 1) {
      long stretch = rows[at + STRETCH];
      int next = (int) underway + 1 & (int) stretch;
      int slot = (int) (stretch >>> 32) + next << FrameRing.STRIDE_SHIFT;
      simulator.wake(entity, slots[slot]);
    }
    passOn(port, simulator.nowPs());
  }

  /** The first frame of a link goes on, as of {@code nowPs}. */
  void passOn(int port, long nowPs) {
    int at = port * ROW;
    long underway = rows[at + UNDERWAY];
    long stretch = rows[at + STRETCH];
    int first = (int) underway;
    int slot = (int) (stretch >>> 32) + first << FrameRing.STRIDE_SHIFT;
    int size = (int) (underway >>> 32) - 1;
    long[] from = slots;
    long header = from[slot + 1];
    long sequence = from[slot + 2];
    long extra = from[slot + 3];
    int next = first + 1 & (int) stretch;
    rows[at + UNDERWAY] = (long) size << 32 | next;
    if (next == 0) {
      shorten(at, size, stretch);
    }
    engine.arrived(port, nowPs, header, sequence, extra);
  }

  /** A new round begins at the front: the frames lie there in order already. */
  private void shorten(int at, int size, long stretch) {
    int mask = (int) stretch;
    while (mask >= 2 * LEAST_FRAMES && size <= mask >> 2) {
      mask >>= 1;
    }
    rows[at + STRETCH] = stretch & ~LOW_HALF | mask;
  }

  /** Twice as many frames are used in turn, of the same stretch if it is long enough. */
  private void lengthen(int port) {
    int at = port * ROW;
    long stretch = rows[at + STRETCH];
    int start = (int) (stretch >>> 32);
    int used = (int) stretch + 1;
    int first = (int) rows[at + UNDERWAY];
    if (2 * used <= lengths[port]) {
      memory.copy(start, start + used, first);
      rows[at + STRETCH] = (long) start << 32 | 2 * used - 1;
      return;
    }
    int longer = memory.take(2 * used);
    slots = memory.slots();
    memory.copy(start + first, longer, used - first);
    memory.copy(start, longer + used - first, first);
    memory.give(start, lengths[port]);
    lengths[port] = 2 * used;
    rows[at + STRETCH] = (long) longer << 32 | 2 * used - 1;
    rows[at + UNDERWAY] = (long) used << 32;
  }

  /** How long after the event of its arrival the last bit of a frame is there. */
  long tailPs(int port, int wireBytes) {
    PortExtras own = extras[port];
    return own == null ? 0 : framePs(port, own.bytesBehindHead(wireBytes));
  }

  /** Time to put so many bytes on the wire. */
  long framePs(int port, int bytes) {
    return extras[port] != null && extras[port].odd()
        ? Link.serialisationPs(bytes, plans[port].link().bitsPerSecond())
        : bytes * rows[port * ROW + PS_PER_BYTE];
  }

  private long bytesOf(int port, long ps) {
    return ps == 0 ? 0 : ps / rows[port * ROW + PS_PER_BYTE];
  }

  /** When the last of the frames that wait has left; not after now if none does. */
  long freeAtPs(int port) {
    return rows[port * ROW + FREE_AT_PS];
  }

  /** Bytes that wait now, those of the frame that is leaving included. */
  long queuedBytes(int port) {
    return bytesOf(port, Math.max(0, rows[port * ROW + FREE_AT_PS] - simulator.nowPs()));
  }

  /** The most bytes that a frame found waiting since it was asked last. */
  long takeMostQueuedBytes(int port) {
    long most = bytesOf(port, rows[port * ROW + MOST_WAIT_PS]);
    rows[port * ROW + MOST_WAIT_PS] = 0;
    return most;
  }

  long takenBytes(int port) {
    return rows[port * ROW + TAKEN_BYTES];
  }

  long droppedFrames(int port) {
    return dropped[port];
  }

  long markedFrames(int port) {
    return marked[port];
  }

  /** Frames that have been taken and have not arrived. */
  int framesInside(int port) {
    return (int) (rows[port * ROW + UNDERWAY] >>> 32);
  }
}
