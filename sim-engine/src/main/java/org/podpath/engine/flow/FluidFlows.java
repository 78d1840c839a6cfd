package org.podpath.engine.flow;

import java.util.Arrays;
import org.podpath.engine.kernel.Simulator;

/**
 * Flows that move bytes at fair rates, and when each of them ends. Time is the caller's: what
 * happens at one instant is told first, then {@link #settle} finds the rates after it, once.
 */
public final class FluidFlows {
  /** An end that never comes. */
  public static final long NEVER_PS = Tournament.ABSENT;

  private static final double PS_PER_SECOND = 1e12;

  private final FairShares shares;
  private final SharingNames names;
  private final boolean verifies;
  private final Tournament ends = new Tournament();
  private double[] leftBytes = new double[16];
  private double[] bytesPerSecond = new double[16];
  private long[] sincePs = new long[16];
  private boolean unsettled;

  /**
   * No flow yet.
   *
   * @param capacities of resources by number
   * @param verifies whether every solution is compared with a new one of everything
   */
  public FluidFlows(double[] capacities, boolean verifies) {
    this(capacities, verifies, SharingNames.NUMBERS);
  }

  /** The same where messages know better names. */
  FluidFlows(double[] capacities, boolean verifies, SharingNames names) {
    shares = new FairShares(capacities, names);
    this.names = names;
    this.verifies = verifies;
  }

  /** The rates and who shares what. */
  public FairShares shares() {
    return shares;
  }

  /**
   * A flow of {@code bytes} begins.
   *
   * @param flow its number, as in {@link FairShares#add}
   * @throws IllegalArgumentException if {@code bytes} is below 0 or not a number, or as {@link
   *     FairShares#add} says
   */
  public void start(int flow, Use use, double bytes) {
    if (!(bytes >= 0 && bytes < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          names.flow(flow) + " cannot move " + bytes + " bytes; it takes a number from 0");
    }
    shares.add(flow, use);
    if (flow >= leftBytes.length) {
      int room = Math.max(flow + 1, 2 * leftBytes.length);
      leftBytes = Arrays.copyOf(leftBytes, room);
      bytesPerSecond = Arrays.copyOf(bytesPerSecond, room);
      sincePs = Arrays.copyOf(sincePs, room);
    }
    leftBytes[flow] = bytes;
    bytesPerSecond[flow] = 0;
    sincePs[flow] = 0;
    unsettled = true;
  }

  /** A flow ends, whether all of it has moved or not. */
  public void end(int flow) {
    shares.remove(flow);
    ends.set(flow, NEVER_PS);
    unsettled = true;
  }

  /** Changes what a resource has to give. */
  public void capacity(int resource, double capacity) {
    shares.capacity(resource, capacity);
    unsettled = true;
  }

  /** Finds the rates after all that has happened, which was now, and when flows end at these. */
  public void settle(long nowPs) {
    if (!unsettled) {
      return;
    }
    unsettled = false;
    shares.solve();
    if (verifies) {
      shares.verify();
    }
    for (int i = shares.changes() - 1; i >= 0; i--) {
      int flow = shares.changed(i);
      leftBytes[flow] = leftBytes(flow, nowPs);
      sincePs[flow] = nowPs;
      bytesPerSecond[flow] = shares.rate(flow);
      ends.setLater(flow, endPs(flow, nowPs));
    }
    ends.play();
  }

  /** When the next flow ends, as long as nothing else happens; {@link #NEVER_PS} if none does. */
  public long nextEndPs() {
    return ends.firstKey();
  }

  /**
   * Ends all flows that end next, which is now; there are some.
   *
   * @return how many there were; {@link #ended} has them until the next time
   */
  public int endNext() {
    int count = ends.takeFirst();
    for (int i = 0; i < count; i++) {
      shares.remove(ends.taken(i));
    }
    unsettled = true;
    return count;
  }

  /** One of them, {@code index} from 0, in order of their numbers. */
  public int ended(int index) {
    return ends.taken(index);
  }

  /** Bytes that {@code flow} has still to move at {@code nowPs}. */
  public double leftBytes(int flow, long nowPs) {
    double moved = bytesPerSecond[flow] * (nowPs - sincePs[flow]) / PS_PER_SECOND;
    return Math.max(0, leftBytes[flow] - moved);
  }

  /** Bytes that {@code flow} moves in a second since the last {@link #settle}. */
  public double bytesPerSecond(int flow) {
    return bytesPerSecond[flow];
  }

  /** Up to the next whole picosecond. */
  private long endPs(int flow, long nowPs) {
    double leftPs = leftBytes[flow] * PS_PER_SECOND / bytesPerSecond[flow];
    if (!(leftPs < Simulator.LONGEST_RUN_PS)) {
      return NEVER_PS;
    }
    long wholePs = (long) leftPs;
    return nowPs + (wholePs < leftPs ? wholePs + 1 : wholePs);
  }
}
