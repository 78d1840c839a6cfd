package org.podpath.engine.datapath;

/** Acknowledgements of played streams that are on their way, in order. */
final class PlayedAnswers {
  private final Times at = new Times();
  private final Times streams = new Times();
  private final Times edges = new Times();
  private final Times bytes = new Times();

  /**
   * One comes at {@code atPs}.
   *
   * @param edge bytes before it may be sent
   * @param heardBytes that have come
   */
  void add(double atPs, int stream, long edge, long heardBytes) {
    at.add(atPs);
    streams.add(stream);
    edges.add(edge);
    bytes.add(heardBytes);
  }

  /** When the first comes; infinity where there is none. */
  double firstPs() {
    return at.first();
  }

  boolean isEmpty() {
    return at.size() == 0;
  }

  int stream() {
    return (int) streams.first();
  }

  long edge() {
    return (long) edges.first();
  }

  long bytes() {
    return (long) bytes.first();
  }

  void remove() {
    at.remove();
    streams.remove();
    edges.remove();
    bytes.remove();
  }
}
