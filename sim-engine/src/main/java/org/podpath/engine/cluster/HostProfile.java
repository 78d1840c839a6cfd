package org.podpath.engine.cluster;

/**
 * How fast a kind of host is. Costs of operations are given for a reference core; a profile scales
 * them.
 *
 * @param name as in scenarios
 * @param slownessRatio time an operation takes on this core over its time on the reference core
 * @param coldRatio factor on host-namespace stages for the first packet after an idle gap
 * @param coldIdlePs idle time of a core after which the next packet finds it cold
 * @param moderationPs delay from the first frame to the interrupt, or least time between two
 * @param nicLatencyPs time through the network card, one way
 * @param nicBitsPerSecond speed of the network card's port
 * @param mtuBytes largest packet on the wire
 * @param smtShareRatio speed of a core's thread while its sibling is in use too
 * @param hairpinBitsPerSecond rate of the network card's embedded switch
 * @param hairpinLatencyPs time through that switch
 * @param trainRatio time that a stage of the host's namespace takes for a frame right behind another
 *     of its stream, over that for a packet on its own
 * @param moderation how the network card holds interrupts back
 * @param ringFrames frames that wait in a receive queue at most
 */
public record HostProfile(
    String name,
    double slownessRatio,
    double coldRatio,
    long coldIdlePs,
    long moderationPs,
    long nicLatencyPs,
    long nicBitsPerSecond,
    int mtuBytes,
    double smtShareRatio,
    long hairpinBitsPerSecond,
    long hairpinLatencyPs,
    double trainRatio,
    Moderation moderation,
    int ringFrames) {
  /** assumption: what drivers of common cards allot, such as ixgbe 512 and mlx5 1024. */
  public static final int USUAL_RING_FRAMES = 1024;

  /** Time to the interrupt in bulk: 12,000 a second (Linux, ixgbe.h, IXGBE_12K_ITR). */
  public static final long BULK_MODERATION_PS = 83_333_333;

  /** A profile with a timer before each interrupt and a usual ring. */
  public HostProfile(
      String name,
      double slownessRatio,
      double coldRatio,
      long coldIdlePs,
      long moderationPs,
      long nicLatencyPs,
      long nicBitsPerSecond,
      int mtuBytes,
      double smtShareRatio,
      long hairpinBitsPerSecond,
      long hairpinLatencyPs,
      double trainRatio) {
    this(name, slownessRatio, coldRatio, coldIdlePs, moderationPs, nicLatencyPs, nicBitsPerSecond,
        mtuBytes, smtShareRatio, hairpinBitsPerSecond, hairpinLatencyPs, trainRatio,
        Moderation.TIMER, USUAL_RING_FRAMES);
  }

  public HostProfile {
    require(trainRatio > 0 && trainRatio <= 1, name, "a train ratio above 0, at most 1");
    require(slownessRatio > 0 && coldRatio >= 1, name, "slowness above 0 and cold factor from 1");
    require(smtShareRatio > 0 && smtShareRatio <= 1, name, "an SMT share above 0, at most 1");
    require(coldIdlePs >= 0 && moderationPs >= 0 && nicLatencyPs >= 0, name, "times from 0");
    require(nicBitsPerSecond > 0 && hairpinBitsPerSecond > 0, name, "rates above 0");
    require(ringFrames > 0, name, "a ring with room for a frame");
    require(hairpinLatencyPs >= 0 && mtuBytes >= 576, name, "an MTU of at least 576 (RFC 791)");
  }

  /** A profile on which trains of frames are no cheaper. */
  public HostProfile(
      String name,
      double slownessRatio,
      double coldRatio,
      long coldIdlePs,
      long moderationPs,
      long nicLatencyPs,
      long nicBitsPerSecond,
      int mtuBytes,
      double smtShareRatio,
      long hairpinBitsPerSecond,
      long hairpinLatencyPs) {
    this(
        name, slownessRatio, coldRatio, coldIdlePs, moderationPs, nicLatencyPs, nicBitsPerSecond,
        mtuBytes, smtShareRatio, hairpinBitsPerSecond, hairpinLatencyPs, 1);
  }

  private static void require(boolean holds, String name, String what) {
    if (!holds) {
      throw new IllegalArgumentException("host profile '" + name + "' needs " + what);
    }
  }
}
