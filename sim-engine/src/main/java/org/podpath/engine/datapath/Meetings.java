package org.podpath.engine.datapath;

/**
 * What a stream meets at both of its ends.
 *
 * @param sending all that its sending core sends
 * @param receiving all that is polled where it is
 * @param wireParts of so many parts of its slowest link it gets one; the others pass between its
 *     super-packets
 */
public record Meetings(Meeting sending, Meeting receiving, int wireParts) {
  /** None but itself. */
  public static final Meetings NONE = new Meetings(Meeting.ALONE, Meeting.ALONE, 1);

  /** assumption: slower than that is as good as single super-packets. */
  private static final int MOST_PARTS = 64;

  /** The same beside others on the wire. */
  public Meetings of(int parts) {
    return new Meetings(sending, receiving, parts);
  }

  /**
   * An end at which a stream meets no other goes by what happens at the other end.
   */
  Meetings coarse() {
    Meeting sends = sending.coarse();
    Meeting receives = receiving.coarse();
    return new Meetings(
        sends.equals(Meeting.ALONE) ? receives : sends,
        receives.equals(Meeting.ALONE) ? sends : receives,
        Meeting.coarse(Math.clamp(wireParts, 1, MOST_PARTS)));
  }
}
