package org.podpath.engine.datapath;

import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * The readers of a played receiver, one of each stream: on a core of their own, or one after the other on
 * the core that polls, which stops them.
 */
final class PlayedReaders {
  private final PlayedReader[] readers;
  private final boolean oneCore;
  private final PlayedTurns turns;
  /** Streams that wait to be read, where polls and readers share the core. */
  private final ArrayDeque<Integer> waiting = new ArrayDeque<>();

  PlayedReaders(StreamShape shape, PlayedTurns turns) {
    this.turns = turns;
    oneCore = shape.oneCore();
    readers = new PlayedReader[shape.meeting().senders() * shape.meeting().streams()];
    Arrays.setAll(readers, i -> new PlayedReader(shape));
  }

  /** How many there are. */
  int size() {
    return readers.length;
  }

  /** That of a stream. */
  PlayedReader of(int stream) {
    return readers[stream];
  }

  /** When the first of them has read what it reads now. */
  double endPs() {
    double endPs = PlayedReader.NEVER_PS;
    for (PlayedReader reader : readers) {
      endPs = Math.min(endPs, reader.endPs());
    }
    return endPs;
  }

  /** Polls need the core; returns whether any of them was reading there. */
  boolean stop(double nowPs) {
    boolean any = false;
    for (PlayedReader reader : readers) {
      if (oneCore && reader.endPs() != PlayedReader.NEVER_PS) {
        any = true;
        reader.stop(nowPs);
      }
    }
    return any;
  }

  /** An interrupt needs the core. */
  void delay(double ps) {
    for (PlayedReader reader : readers) {
      reader.delay(ps);
    }
  }

  /** Something of a stream may have come: its reader begins, or waits for its turn. */
  void wake(int stream, double nowPs) {
    if (!readers[stream].waits()) {
      return;
    }
    if (!oneCore) {
      readers[stream].read(nowPs);
    } else if (!waiting.contains(stream)) {
      if (waiting.isEmpty()) {
        turns.readersWakeUp();
      }
      waiting.add(stream);
    }
  }

  /** The one that polls have stopped goes on; false if there is none. */
  boolean resume(double nowPs) {
    for (PlayedReader reader : readers) {
      if (reader.isStopped()) {
        reader.resume(nowPs);
        return true;
      }
    }
    return false;
  }

  /** Whether one waits for its turn. */
  boolean anyWaits() {
    return !waiting.isEmpty();
  }

  /** The one whose turn it is reads; one waits. */
  void next(double nowPs) {
    readers[waiting.remove()].read(nowPs);
  }
}
