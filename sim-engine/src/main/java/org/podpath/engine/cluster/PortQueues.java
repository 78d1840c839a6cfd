package org.podpath.engine.cluster;

import java.util.Optional;

/**
 * What the ports of a switch do with frames that cannot leave at once.
 *
 * @param bufferBytes room for waiting frames: of each queue, or of all queues of the switch
 *     together where {@link #sharing} is given; a port has one queue, or with another {@link
 *     #scheduling} than first in, first out one for each class of traffic, so that none takes the
 *     room of another. With {@link #pause} it is the room for what came over a link, whichever port
 *     it waits for, headroom included: the links of a switch own its memory in equal parts
 * @param sharing how queues share the room of the switch; empty: each has its own
 * @param marking when frames are marked instead of dropped (ECN, RFC 3168); empty: never
 * @param scheduling who goes first
 * @param pause when senders are told to wait (PFC, IEEE 802.1Qbb); empty: never
 * @param cutThrough whether a frame leaves before it has arrived as a whole
 */
public record PortQueues(
    long bufferBytes,
    Optional<DynamicThreshold> sharing,
    Optional<Marking> marking,
    Scheduling scheduling,
    Optional<Pause> pause,
    boolean cutThrough) {
  /** FIFO ports that never drop: as much room as anybody needs. */
  public static final PortQueues ENDLESS = fifo(1L << 50);

  public PortQueues {
    if (bufferBytes <= 0) {
      throw new IllegalArgumentException("a port needs a buffer: " + bufferBytes + " bytes");
    }
    if (pause.isPresent() && sharing.isPresent()) {
      throw new IllegalArgumentException(
          "with a pause each link has a buffer of its own: leave either of pause and sharing out");
    }
    if (pause.isPresent()
        && pause.get().pauseBytes() + pause.get().headroomBytes() > bufferBytes) {
      throw new IllegalArgumentException(
          "a pause at " + pause.get().pauseBytes() + " bytes with a headroom of "
              + pause.get().headroomBytes() + " does not fit into " + bufferBytes);
    }
  }

  /** FIFO ports that drop what does not fit into {@code bufferBytes} each. */
  public static PortQueues fifo(long bufferBytes) {
    return new PortQueues(
        bufferBytes, Optional.empty(), Optional.empty(), new Scheduling.Fifo(), Optional.empty(),
        false);
  }

  /** The same, marking as {@code marking} says. */
  public PortQueues with(Marking marking) {
    return new PortQueues(
        bufferBytes, sharing, Optional.of(marking), scheduling, pause, cutThrough);
  }

  /** The same, pausing its senders as {@code pause} says. */
  public PortQueues with(Pause pause) {
    return new PortQueues(
        bufferBytes, sharing, marking, scheduling, Optional.of(pause), cutThrough);
  }

  /** Whether a frame's departure follows from its arrival alone, so that a hop is one event. */
  public boolean departureIsKnownAtArrival() {
    return pause.isEmpty() && scheduling instanceof Scheduling.Fifo;
  }

  /**
   * A frame is dropped where its queue holds {@code alphaRatio} times what is free in the switch.
   *
   * <p>Source: A. K. Choudhury, E. L. Hahne, "Dynamic Queue Length Thresholds for Shared-Memory
   * Packet Switches", IEEE/ACM ToN 6(2), 1998.
   */
  public record DynamicThreshold(double alphaRatio) {
    public DynamicThreshold {
      if (!(alphaRatio > 0) || alphaRatio > 1024) {
        throw new IllegalArgumentException(
            "alpha must lie above 0, at most 1024: " + alphaRatio);
      }
    }
  }

  /** When a frame that finds {@code q} bytes waiting is marked. */
  public sealed interface Marking {
    /** Every frame from {@code thresholdBytes} on (DCTCP, RFC 8257 section 3.1). */
    record Step(long thresholdBytes) implements Marking {}

    /**
     * None below {@code lowBytes}, a share that grows to {@code mostRatio} at {@code highBytes},
     * all above (S. Floyd, V. Jacobson, "Random Early Detection Gateways for Congestion Avoidance",
     * IEEE/ACM ToN 1(4), 1993; on the queue as it is, as DCQCN asks).
     */
    record Red(long lowBytes, long highBytes, double mostRatio) implements Marking {
      public Red {
        if (lowBytes < 0 || highBytes < lowBytes || !(mostRatio >= 0 && mostRatio <= 1)) {
          throw new IllegalArgumentException(
              "RED marks from " + lowBytes + " to " + highBytes + " bytes with at most "
                  + mostRatio + "; write a rising range and a ratio from 0 to 1");
        }
      }
    }

    /**
     * Each with the same probability, however many wait, as a bad cable does: the loss that
     * formulas of the throughput of TCP assume (M. Mathis and others, "The Macroscopic Behavior of
     * the TCP Congestion Avoidance Algorithm", ACM CCR 27(3), 1997).
     */
    record Random(double ratio) implements Marking {
      public Random {
        if (!(ratio >= 0 && ratio <= 1)) {
          throw new IllegalArgumentException(
              "frames are marked at random with a ratio from 0 to 1: " + ratio);
        }
      }
    }
  }

  /** Which class of traffic a free port serves next. */
  public sealed interface Scheduling {
    /** Traffic classes of a port that tells them apart (IEEE 802.1Q). */
    int CLASSES = 8;

    /** All traffic waits in one queue. */
    record Fifo() implements Scheduling {}

    /** Class 7 before class 6 before … before class 0. */
    record StrictPriority() implements Scheduling {}

    /**
     * Classes in turn, each for as many bytes as its quantum.
     *
     * <p>Source: M. Shreedhar, G. Varghese, "Efficient Fair Queuing Using Deficit Round-Robin",
     * IEEE/ACM ToN 4(3), 1996.
     *
     * @param quantumBytes of each class, 8 of them
     */
    record DeficitRoundRobin(java.util.List<Integer> quantumBytes) implements Scheduling {
      public DeficitRoundRobin {
        quantumBytes = java.util.List.copyOf(quantumBytes);
        if (quantumBytes.size() != CLASSES || quantumBytes.stream().anyMatch(q -> q <= 0)) {
          throw new IllegalArgumentException(
              "round robin needs " + CLASSES + " quanta above 0: " + quantumBytes);
        }
      }
    }
  }

  /**
   * A switch pauses the sender of a link for a class while more than {@code pauseBytes} that came
   * over it wait, and resumes it below {@code resumeBytes}.
   *
   * @param headroomBytes room beyond {@code pauseBytes}, for each link and class, for what is still
   *     under way when the pause is sent; 0: as much as may be
   */
  public record Pause(long pauseBytes, long resumeBytes, long headroomBytes) {
    /** A pause frame on the wire: 64 bytes, preamble and gap (IEEE 802.3 annex 31D). */
    public static final int FRAME_BYTES = 84;

    public Pause {
      if (resumeBytes <= 0 || pauseBytes < resumeBytes || headroomBytes < 0) {
        throw new IllegalArgumentException(
            "a pause begins at " + pauseBytes + " and ends at " + resumeBytes
                + " bytes; write an end above 0 and a begin that is not below it");
      }
    }

    /**
     * What may still come over {@code link} when a pause is due: what is on it, what follows until the
     * pause is heard, the frame that passed the threshold, and the one that was begun before.
     *
     * <p>Source: IEEE 802.1Qbb-2011, annex O.
     *
     * @param lateByPs how long frames take beyond the link's delay
     * @param mostFrameBytes the largest frame on a wire
     */
    public static long comingBytes(Link link, long lateByPs, int mostFrameBytes) {
      double flightPs = 2.0 * link.delayPs() + lateByPs;
      return (long) Math.ceil(flightPs * 1e-12 * link.bitsPerSecond() / 8)
          + FRAME_BYTES
          + 2L * mostFrameBytes;
    }

    /** The headroom of a link: as given, or what may come. */
    public long headroomBytes(Link link, long lateByPs, int mostFrameBytes) {
      return headroomBytes > 0 ? headroomBytes : comingBytes(link, lateByPs, mostFrameBytes);
    }
  }
}
