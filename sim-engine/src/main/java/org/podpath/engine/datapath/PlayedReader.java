package org.podpath.engine.datapath;

/** What a receiver of a played stream has got and read, and how far the sender was told to go. */
final class PlayedReader {
  static final double NEVER_PS = Double.POSITIVE_INFINITY;
  /** What a reader takes at a time. */
  private static final long READ_BYTES = 65_536;

  private final StreamShape shape;
  private final long windowBytes;
  /** Frames joined to a super-packet that has not gone up the stack. */
  int joined;
  boolean oneUnanswered;
  int quickAnswers = Transport.Tcp.QUICK_ANSWERS;
  private long arrivedBytes;
  private long readBytes;
  private long readingBytes;
  private boolean answers;
  private double tookPs;
  private double endPs = NEVER_PS;
  private double leftPs;
  private double unreadPackets;
  private long toldEdge;

  PlayedReader(StreamShape shape) {
    this.shape = shape;
    windowBytes = shape.windowBytes();
    toldEdge = windowBytes;
  }

  /** A super-packet has come. */
  void arrived(long bytes) {
    arrivedBytes += bytes;
    unreadPackets++;
  }

  long arrivedBytes() {
    return arrivedBytes;
  }

  /** How far an acknowledgement lets the sender go. */
  long tell() {
    toldEdge = readBytes + windowBytes;
    return toldEdge;
  }

  /** When it has read what it reads now. */
  double endPs() {
    return endPs;
  }

  /** Whether it has something to read and does not. */
  boolean waits() {
    return endPs == NEVER_PS && leftPs == 0 && arrivedBytes > readBytes;
  }

  /** Reads; it {@link #waits}. */
  void read(double nowPs) {
    long waitingBytes = arrivedBytes - readBytes;
    readingBytes = Math.min(waitingBytes, READ_BYTES);
    double share = unreadPackets * readingBytes / waitingBytes;
    unreadPackets -= share;
    long known = toldEdge - arrivedBytes;
    answers = 2 * known < windowBytes && 2 * known <= windowBytes - waitingBytes + readingBytes;
    tookPs =
        share * shape.readPacketPs() + readingBytes * shape.readBytePs()
            + (answers ? shape.answerPs() : 0);
    endPs = nowPs + tookPs;
  }

  /** Polls need its core. */
  void stop(double nowPs) {
    leftPs = endPs - nowPs;
    endPs = NEVER_PS;
  }

  /** Interrupts need its core; nothing if it does not read. */
  void delay(double ps) {
    endPs += ps;
  }

  /** Whether it was stopped. */
  boolean isStopped() {
    return leftPs > 0;
  }

  /** It has its core again. */
  void resume(double nowPs) {
    endPs = nowPs + leftPs;
    leftPs = 0;
  }

  /** How long what it read last takes it. */
  double tookPs() {
    return tookPs;
  }

  /** It has read; returns whether it acknowledges. */
  boolean end() {
    endPs = NEVER_PS;
    readBytes += readingBytes;
    return answers;
  }

  /** How long it has left at {@code nowPs} if nothing more comes. */
  double unreadPs(double nowPs) {
    double startedPs = endPs == NEVER_PS ? leftPs : endPs - nowPs;
    double startedBytes = startedPs > 0 ? readingBytes : 0;
    return startedPs + (arrivedBytes - readBytes - startedBytes) * shape.readBytePs()
        + unreadPackets * shape.readPacketPs();
  }
}
