package org.podpath.engine.datapath;

import org.podpath.engine.datapath.Segment.Per;

/**
 * What passed through one segment on one CPU for one tenant, and so what it cost there. Counts, not
 * times, are kept: they stay exact, and the split by component follows from them.
 */
public final class Usage {
  private final Segment segment;
  private final double shareRatio;
  private double interrupts;
  private double packets;
  private double coldPackets;
  private double frames;
  private double pieces;
  private double bytes;
  private double firstPackets;
  private double coldFirstPackets;

  /**
   * Nothing yet.
   *
   * @param shareRatio speed of the CPU over that of a whole core
   */
  public Usage(Segment segment, double shareRatio) {
    this.segment = segment;
    this.shareRatio = shareRatio;
  }

  /** What it passed. */
  public Segment segment() {
    return segment;
  }

  /** Counts what passed; a count may be a mean of many and so not whole. */
  public void add(double interrupts, double packets, double frames, double pieces, double bytes) {
    this.interrupts += interrupts;
    this.packets += packets;
    this.frames += frames;
    this.pieces += pieces;
    this.bytes += bytes;
  }

  /** Counts a packet, already added, that found the core cold. */
  public void addCold(double coldPackets) {
    this.coldPackets += coldPackets;
  }

  /**
   * Counts a packet, already added, that was the first of its connection.
   *
   * @param coldRatio probability that it found the core cold
   */
  public void addFirst(double coldRatio) {
    firstPackets++;
    coldFirstPackets += coldRatio;
  }

  /** CPU time that this took. */
  public double busyPs() {
    double sumPs = 0;
    for (Component component : Component.values()) {
      sumPs += busyPs(component);
    }
    return sumPs;
  }

  /** Part of the time that was spent on {@code component}. */
  public double busyPs(Component component) {
    double wholeCorePs =
        interrupts * segment.ps(Per.INTERRUPT, component)
            + packets * segment.ps(Per.PACKET, component)
            + frames * segment.ps(Per.FRAME, component)
            + pieces * segment.ps(Per.PIECE, component)
            + bytes * segment.ps(Per.BYTE, component)
            + firstPackets * segment.ps(Per.FIRST_PACKET, component);
    if (component == Component.HOST_PATH) {
      wholeCorePs +=
          coldPackets * segment.coldExtraPs() + coldFirstPackets * segment.coldFirstExtraPs();
    }
    return wholeCorePs / shareRatio;
  }

  /** Super-packets that passed. */
  public double packets() {
    return packets;
  }

  /** Bytes of payload that passed. */
  public double bytes() {
    return bytes;
  }
}
