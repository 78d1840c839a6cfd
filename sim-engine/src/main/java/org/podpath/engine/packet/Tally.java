package org.podpath.engine.packet;

import org.podpath.engine.datapath.Segment;
import org.podpath.engine.datapath.Segment.Per;
import org.podpath.engine.datapath.Usage;

/**
 * What is about to pass through one segment. A service takes the counts when it begins and charges
 * them when it ends; what is counted meanwhile is for the next one.
 */
final class Tally {
  private final Segment segment;
  private final Usage usage;
  int packets;
  int frames;
  int pieces;
  long bytes;
  boolean cold;
  boolean first;
  private int takenPackets;
  private int takenFrames;
  private int takenPieces;
  private long takenBytes;
  private boolean takenCold;
  private boolean takenFirst;

  Tally(Usage usage) {
    segment = usage.segment();
    this.usage = usage;
  }

  /** A hard interrupt is raised, and charged: what it takes a whole core. */
  double interruptPs() {
    usage.add(1, 0, 0, 0, 0);
    return segment.ps(Per.INTERRUPT);
  }

  /**
   * A service begins with what was counted.
   *
   * @return how long that takes a whole core, in picoseconds
   */
  double take() {
    takenPackets = packets;
    takenFrames = frames;
    takenPieces = pieces;
    takenBytes = bytes;
    takenCold = cold;
    takenFirst = first;
    packets = 0;
    frames = 0;
    pieces = 0;
    bytes = 0;
    cold = false;
    first = false;
    double warmPs =
        takenPackets * segment.ps(Per.PACKET)
            + takenFrames * segment.ps(Per.FRAME)
            + takenPieces * segment.ps(Per.PIECE)
            + takenBytes * segment.ps(Per.BYTE);
    double firstPs = takenFirst ? segment.ps(Per.FIRST_PACKET) : 0;
    double coldPs = takenCold ? segment.coldExtraPs() : 0;
    double coldFirstPs = takenCold && takenFirst ? segment.coldFirstExtraPs() : 0;
    return warmPs + firstPs + coldPs + coldFirstPs;
  }

  /** The service that took the counts has ended. */
  void charge() {
    usage.add(0, takenPackets, takenFrames, takenPieces, takenBytes);
    if (takenCold) {
      usage.addCold(1);
    }
    if (takenFirst) {
      usage.addFirst(takenCold ? 1 : 0);
    }
    takenPackets = 0;
    takenFrames = 0;
    takenPieces = 0;
    takenBytes = 0;
    takenCold = false;
    takenFirst = false;
  }
}
