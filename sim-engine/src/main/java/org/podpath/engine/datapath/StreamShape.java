package org.podpath.engine.datapath;

import java.util.Arrays;

/**
 * All that decides what polls make of a stream: costs on the three cores that it crosses, in
 * picoseconds of these cores, and the wires between them.
 *
 * @param sendPacketPs sender: each super-packet
 * @param sendFramePs sender: each frame with its bytes
 * @param coldSendPs sender: a super-packet more that finds the core cold
 * @param answersToSender whether acknowledgements come to the sending core
 * @param answeredPs each acknowledgement that comes
 * @param answeredInterruptPs each interrupt for them
 * @param coldAnsweredPs an acknowledgement more that finds its core cold
 * @param interruptPs receiver: each interrupt
 * @param framePs receiver: each frame with its bytes in a poll
 * @param packetPs receiver: each super-packet in a poll
 * @param coldPacketPs receiver: a super-packet more that finds the core cold
 * @param answerPs receiver: each acknowledgement
 * @param coldAnswerPs receiver: an acknowledgement more that finds the core cold
 * @param readPacketPs reader: each super-packet
 * @param readBytePs reader: each byte
 * @param oneCore whether polls and reading share a core
 * @param wirePs from one frame to the next on the slowest link
 * @param forthPs from the sender's core into the receiver's ring, the slowest link not counted
 * @param backPs from the receiver's core to the sender's interrupt
 */
record StreamShape(
    String profile,
    double sendPacketPs,
    double sendFramePs,
    double coldSendPs,
    boolean answersToSender,
    double answeredPs,
    double answeredInterruptPs,
    double coldAnsweredPs,
    double interruptPs,
    double framePs,
    double packetPs,
    double coldPacketPs,
    double answerPs,
    double coldAnswerPs,
    double readPacketPs,
    double readBytePs,
    boolean oneCore,
    double wirePs,
    double forthPs,
    double backPs)
    implements Comparable<StreamShape> {
  /** Any order that tells them apart. */
  @Override
  public int compareTo(StreamShape other) {
    int byProfile = profile.compareTo(other.profile);
    return byProfile != 0 ? byProfile : Arrays.compare(numbers(), other.numbers());
  }

  private double[] numbers() {
    return new double[] {
        sendPacketPs, sendFramePs, coldSendPs, answersToSender ? 1 : 0, answeredPs,
        answeredInterruptPs, coldAnsweredPs, interruptPs, framePs, packetPs, coldPacketPs, answerPs,
        coldAnswerPs, readPacketPs, readBytePs, oneCore ? 1 : 0, wirePs, forthPs, backPs};
  }
}
