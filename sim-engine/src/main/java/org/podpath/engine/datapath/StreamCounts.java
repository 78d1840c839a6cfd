package org.podpath.engine.datapath;

/**
 * What a stream makes pass for each full frame, in the mean.
 *
 * @param packets received super-packets
 * @param answers acknowledgements that softirqs send
 * @param readerAnswers acknowledgements that the reader sends
 * @param interrupts of the receiver
 * @param answerInterrupts of the sender, for acknowledgements
 * @param coldPackets sent super-packets that find the sending core cold
 * @param coldAnswered acknowledgements that find the core cold to which they come
 * @param coldReceived super-packets that find the polling core cold
 * @param coldAnswers acknowledgements that find it cold
 * @param handed packets that a guest hands to its host
 * @param guestInterrupts of the receiver's guest, or of the core that packets are steered to
 * @param guestAnswerInterrupts of the sender's guest, for acknowledgements
 * @param ps time for each of its own
 * @param otherPs the same once the card has been made to take its other timer for a while
 * @param together frames that its sender hands over with it, itself included
 * @param begin how its first bytes came
 */
record StreamCounts(
    double packets,
    double answers,
    double readerAnswers,
    double interrupts,
    double answerInterrupts,
    double coldPackets,
    double coldAnswered,
    double coldReceived,
    double coldAnswers,
    double handed,
    double guestInterrupts,
    double guestAnswerInterrupts,
    double ps,
    double otherPs,
    double together,
    StreamBegin begin) {
  /** assumption: further apart, the two are not what counting some thousand frames leaves to chance. */
  private static final double APART_RATIO = 0.05;

  /** The same, with what comes of the other timer. */
  StreamCounts orIn(double wouldTakePs) {
    return new StreamCounts(
        packets, answers, readerAnswers, interrupts, answerInterrupts, coldPackets, coldAnswered,
        coldReceived, coldAnswers, handed, guestInterrupts, guestAnswerInterrupts, ps, wouldTakePs,
        together, begin);
  }

  /** Whether either timer keeps itself up, at rates that are not the same. */
  boolean hasTwoRates() {
    return apartRatio() > APART_RATIO;
  }

  /** By how much they differ. */
  double apartRatio() {
    return Math.max(otherPs / ps, ps / otherPs) - 1;
  }
}
