package org.podpath.experiments.capture;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.podpath.engine.results.SeenFrame;
import org.podpath.engine.results.SeenFrame.Kind;

/**
 * RoCE version 2 packets: UDP, base transport header, checksum (InfiniBand Architecture
 * Specification volume 1, chapter 9 and annex A17).
 *
 * <p>assumption: every packet is a send message of its own, and payload is not padded to whole
 * words: the model knows neither messages nor padding.
 */
final class Roce implements IpPayload {
  private static final int PORT = 4791; // IANA
  private static final int BASE_BYTES = 12;
  private static final int ACKNOWLEDGEMENT_BYTES = 4;
  private static final int NOTIFICATION_BYTES = 16;
  private static final int CHECKSUM_BYTES = 4;

  private static final int SEND_ONLY = 0x04;
  private static final int ACKNOWLEDGE = 0x11;
  private static final int NOTIFY = 0x81;
  /** Backward explicit congestion notification. */
  private static final int CONGESTED = 0x40 << 24;
  private static final short DEFAULT_PARTITION = (short) 0xffff;
  private static final int ASK_FOR_ACKNOWLEDGEMENT = 1 << 31;
  private static final int NUMBERS = 0xffffff;
  /** An acknowledgement that says nothing of credits. */
  private static final int ALL_WELL = 0x1f << 24;
  /** A negative one: packet sequence error. */
  private static final int OUT_OF_SEQUENCE = 0x60 << 24;
  /** Pairs 0 and 1 manage the port. */
  private static final int FIRST_QUEUE_PAIR = 2;

  private final int segmentBytes;
  private final Map<Long, Numbering> numberings = new HashMap<>();

  /** Numbers of the packets of one direction, by the offset of their first byte. */
  private static final class Numbering {
    private final TreeMap<Long, Integer> numbers = new TreeMap<>();
    private long end;
  }

  /**
   * Packets of connections that have sent nothing.
   *
   * @param segmentBytes payload of a full packet
   */
  Roce(int segmentBytes) {
    this.segmentBytes = segmentBytes;
  }

  @Override
  public int protocol() {
    return Ip.UDP;
  }

  @Override
  public int bytes(SeenFrame frame) {
    int extendedBytes =
        switch (frame.kind()) {
          case DATA, SYN, SYN_ACKNOWLEDGEMENT, FIN -> frame.payloadBytes();
          case ACKNOWLEDGEMENT, OUT_OF_SEQUENCE -> ACKNOWLEDGEMENT_BYTES;
          case CONGESTION_NOTIFICATION -> NOTIFICATION_BYTES;
        };
    return Udp.HEADER_BYTES + BASE_BYTES + extendedBytes + CHECKSUM_BYTES;
  }

  @Override
  public Ip.Ecn ecn() {
    return Ip.Ecn.CAPABLE;
  }

  @Override
  public void write(ByteBuffer out, long nowPs, SeenFrame frame, Ip.Addresses addresses) {
    int ip = out.position() - Ip.HEADER_BYTES;
    int hash = frame.connection().flowHash(frame.reverse());
    Udp.writeHeader(out, Udp.portOf(hash), PORT);
    switch (frame.kind()) {
      case DATA -> writeBase(out, frame, SEND_ONLY, ASK_FOR_ACKNOWLEDGEMENT | number(frame));
      case ACKNOWLEDGEMENT -> {
        int last = answered(frame);
        writeBase(out, frame, ACKNOWLEDGE, last);
        out.putInt(ALL_WELL | last + 1 & NUMBERS);
      }
      case OUT_OF_SEQUENCE -> {
        int expected = answered(frame) + 1 & NUMBERS;
        writeBase(out, frame, ACKNOWLEDGE, expected);
        out.putInt(OUT_OF_SEQUENCE | expected);
      }
      case CONGESTION_NOTIFICATION -> writeBase(out, frame, NOTIFY, 0);
      case SYN, SYN_ACKNOWLEDGEMENT, FIN ->
          throw new IllegalArgumentException("RoCE has no " + frame.kind());
    }
    int end = out.limit() - CHECKSUM_BYTES;
    out.putInt(end, Integer.reverseBytes(invariantChecksum(out, ip, end)));
  }

  private static void writeBase(ByteBuffer out, SeenFrame frame, int operation, int number) {
    int queuePair = 2 * frame.connection().id() + (frame.reverse() ? 0 : 1);
    int congested = frame.kind() == Kind.CONGESTION_NOTIFICATION ? CONGESTED : 0;
    out.put((byte) operation).put((byte) 0).putShort(DEFAULT_PARTITION);
    out.putInt(congested | FIRST_QUEUE_PAIR + queuePair & NUMBERS).putInt(number);
  }

  /** Packets that were not seen are counted as full ones; one that comes again keeps its number. */
  private int number(SeenFrame frame) {
    Numbering numbering = numbering(frame, frame.reverse());
    Integer known = numbering.numbers.get(frame.sequence());
    if (known != null) {
      return known;
    }
    long missing = Math.ceilDiv(Math.max(0, frame.sequence() - numbering.end), segmentBytes);
    Map.Entry<Long, Integer> before = numbering.numbers.lowerEntry(frame.sequence());
    int last = before == null ? -1 : before.getValue();
    int number = last + 1 + (int) missing & NUMBERS;
    numbering.numbers.put(frame.sequence(), number);
    numbering.end = Math.max(numbering.end, frame.sequence() + frame.payloadBytes());
    return number;
  }

  /** The number of the last packet that has arrived in order; −1 before the first. */
  private int answered(SeenFrame frame) {
    Map.Entry<Long, Integer> last =
        numbering(frame, !frame.reverse()).numbers.lowerEntry(frame.acknowledged());
    return (last == null ? -1 : last.getValue()) & NUMBERS;
  }

  private Numbering numbering(SeenFrame frame, boolean reverse) {
    long key = 2L * frame.connection().id() + (reverse ? 1 : 0);
    return numberings.computeIfAbsent(key, k -> new Numbering());
  }

  /**
   * The checksum over all that no switch changes: what they may change counts as ones, and so do
   * eight bytes in place of InfiniBand's own routing header (annex A17.3.3).
   */
  static int invariantChecksum(ByteBuffer packet, int ip, int end) {
    byte[] bytes = new byte[8 + end - ip];
    packet.get(ip, bytes, 8, end - ip);
    Arrays.fill(bytes, 0, 8, (byte) -1);
    int udp = 8 + Ip.HEADER_BYTES;
    int base = udp + Udp.HEADER_BYTES;
    for (int changed : new int[] {9, 16, 18, 19, udp + 6, udp + 7, base + 4}) {
      bytes[changed] = -1;
    }
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
