package org.podpath.engine.datapath;

import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.cluster.Moderation;

/** When a receive queue raises its interrupt (moderation, coalescing). */
public final class Interrupts {
  /**
   * assumption: an adaptive card looks back so far, ten or more interrupts of a stream (Linux, net_dim:
   * 64).
   */
  public static final long WINDOW_PS = 500_000_000;

  /**
   * assumption: a queue that is busier than that is in bulk. Of two ends that wait for each other each
   * is quiet for half of the time.
   */
  private static final double BULK_RATIO = 2.0 / 3;

  /** An adaptive card that was quiet for so long of the time that it looks back is not in bulk. */
  public static final long FORGETS_PS = (long) (WINDOW_PS * (1 - BULK_RATIO));

  /** assumption: smaller frames, in the mean, are acknowledgements, and no bulk. */
  private static final long BULK_FRAME_BYTES = 256;

  private final HostProfile profile;
  private final Moderation moderation;
  private final long timerPs;
  private boolean any;
  private long lastPs;
  private boolean bulk;
  private boolean held;
  private long windowStartPs;
  /** How long of the window an interrupt was due or polls went on. */
  private long busyPs;
  private long busySincePs;
  private long frames;
  private long bytes;

  /**
   * What raises interrupts.
   *
   * @param moderates whether it does as its host's profile says: nothing is moderated behind a switch
   *     that polls, nor what a card takes without its host's kernel
   * @param timerPs how long after a frame, where a timer decides
   */
  record Card(boolean moderates, long timerPs) {
    private static final Card AT_ONCE = new Card(false, 0);

    /** At the beginning of a way through a host. */
    static Card of(Datapath receive) {
      boolean interrupts = receive.stages().stream().anyMatch(s -> s.hook() == Hook.INTERRUPT);
      return new Card(interrupts && !receive.isPolled(), receive.moderationPs());
    }
  }

  /** A queue that has raised none. */
  Interrupts(HostProfile profile, Card card) {
    this.profile = profile;
    moderation = card.moderates ? profile.moderation() : Moderation.TIMER;
    timerPs = card.timerPs;
  }

  /** The same at the beginning of a way through a host. */
  Interrupts(HostProfile profile, Datapath receive) {
    this(profile, Card.of(receive));
  }

  /** A queue that nothing moderates. */
  public static Interrupts atOnce(HostProfile profile) {
    return new Interrupts(profile, Card.AT_ONCE);
  }

  /** When the interrupt comes for a frame that arrives now and finds no poll going on. */
  public long nextPs(long nowPs) {
    return switch (moderation) {
      case TIMER -> nowPs + timerPs;
      case THROTTLE -> any ? Math.max(nowPs, lastPs + profile.moderationPs()) : nowPs;
      case ADAPTIVE -> nowPs + (bulk ? HostProfile.BULK_MODERATION_PS : timerPs);
    };
  }

  /**
   * Whether a card is in bulk then.
   *
   * @param busyRatio for how much of the time an interrupt was due or polls went on
   * @param frameBytes size of the frames, in the mean
   */
  static boolean inBulk(HostProfile profile, long timerPs, double busyRatio, long frameBytes) {
    return profile.moderation() == Moderation.ADAPTIVE
        && timerPs > 0
        && busyRatio > BULK_RATIO
        && frameBytes > BULK_FRAME_BYTES;
  }

  /** Whether it has two timers. */
  boolean adapts() {
    return moderation == Moderation.ADAPTIVE && timerPs > 0;
  }

  /** It takes the other timer, and keeps it until it is let go. */
  void holdOtherTimer() {
    bulk = !bulk;
    held = true;
  }

  /** It decides by itself again. */
  void letGo() {
    held = false;
  }

  /** A frame came to a queue that was quiet. */
  public void busy(long nowPs) {
    busySincePs = nowPs;
  }

  /** Nothing waits any more. */
  public void quiet(long nowPs) {
    busyPs += nowPs - busySincePs;
  }

  /** A poll takes frames. */
  public void seen(long framesOfPoll, long bytesOfPoll) {
    frames += framesOfPoll;
    bytes += bytesOfPoll;
  }

  /** The interrupt is raised. */
  public void raised(long nowPs) {
    any = true;
    lastPs = nowPs;
    long windowPs = nowPs - windowStartPs;
    if (windowPs >= WINDOW_PS) {
      double busyRatio = (double) (busyPs + nowPs - busySincePs) / windowPs;
      long frameBytes = frames == 0 ? 0 : bytes / frames;
      bulk = held ? bulk : inBulk(profile, timerPs, busyRatio, frameBytes);
      frames = 0;
      bytes = 0;
      windowStartPs = nowPs;
      busySincePs = nowPs;
      busyPs = 0;
    }
  }
}
