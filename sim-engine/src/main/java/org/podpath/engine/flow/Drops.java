package org.podpath.engine.flow;

import java.util.BitSet;
import org.podpath.engine.results.Recorder;

/** Where datagrams were dropped, and who else was there. */
final class Drops {
  private final BitSet dropping = new BitSet();
  private boolean besideStreams;

  /** More comes to the resource than passes it. */
  void at(int resource, StreamRates rates) {
    dropping.set(resource);
    besideStreams |= rates.loads().anyStreamOn(resource);
  }

  /** Tells what the numbers do not hold for. */
  void report(Recorder recorder, MessageLoad messages) {
    boolean besideMessages = dropping.stream().anyMatch(messages::uses);
    if (besideStreams || besideMessages) {
      recorder.outsideValidity(
          "datagrams overload what " + (besideStreams ? "streams" : "messages")
              + " need too; the flow engine knows how much passes, but no losses and no time-outs of"
              + " others, so quantiles are left out");
    }
  }
}
