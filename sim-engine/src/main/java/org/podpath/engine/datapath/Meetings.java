package org.podpath.engine.datapath;

/**
 * What a stream meets at both of its ends.
 *
 * @param sending all that its sending core sends
 * @param receiving all that is polled where it is
 * @param parts what else it shares
 */
public record Meetings(Meeting sending, Meeting receiving, Parts parts) {
  /** None but itself. */
  public static final Meetings NONE = new Meetings(Meeting.ALONE, Meeting.ALONE, Parts.ALL);

  /** The same where it gets other parts. */
  public Meetings of(Parts others) {
    return new Meetings(sending, receiving, others);
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
        parts.coarse());
  }
}
