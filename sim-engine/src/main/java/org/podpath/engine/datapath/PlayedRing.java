package org.podpath.engine.datapath;

/** What waits for a poll of played streams: frames, or packets that another core has joined. */
final class PlayedRing {
  private final Times atPs = new Times();
  private final Times streams = new Times();
  private final Times frames = new Times();

  /** So many frames of a stream will be there. */
  void add(int stream, int ofFrames, double whenPs) {
    atPs.add(whenPs);
    streams.add(stream);
    frames.add(ofFrames);
  }

  int size() {
    return atPs.size();
  }

  /** When the first will be there. */
  double firstPs() {
    return atPs.first();
  }

  /** When one of them will be there. */
  double atPs(int place) {
    return atPs.get(place);
  }

  /** Whose it is. */
  int stream(int place) {
    return (int) streams.get(place);
  }

  /** How many frames it was. */
  int frames(int place) {
    return (int) frames.get(place);
  }

  /** The first is taken out. */
  void remove() {
    atPs.remove();
    streams.remove();
    frames.remove();
  }
}
