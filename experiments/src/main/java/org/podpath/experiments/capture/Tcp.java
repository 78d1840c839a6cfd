package org.podpath.experiments.capture;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.results.SeenFrame;
import org.podpath.engine.results.SeenFrame.Kind;
import org.podpath.engine.traffic.Connection;

/** TCP segments (RFC 9293) with twelve bytes of options, as the model charges every segment for. */
final class Tcp implements IpPayload {
  static final int HEADER_BYTES = 20 + TcpOptions.BYTES;

  private static final int WORDS = HEADER_BYTES / 4;
  private static final int CHECKSUM_AT = 16;

  private static final int FIN = 0x01;
  private static final int SYN = 0x02;
  private static final int ACK = 0x10;
  private static final int ECHO = 0x40;
  private static final int REDUCED = 0x80;

  private static final int LARGEST_WINDOW = 65_535;
  /** Linux gives at least this with its usual 6 MB of buffer (tcp_select_initial_window). */
  private static final int LEAST_SCALE = 7;
  /** RFC 7323 section 2.3. */
  private static final int MOST_SCALE = 14;

  private final int segmentBytes;
  private final long windowBytes;
  private final int scale;
  private final boolean marks;
  private final Map<Integer, Conversation> conversations = new HashMap<>();

  /** What earlier segments of a connection have said; by direction, the opener's first. */
  private static final class Conversation {
    private final int[] stamps = new int[2];
    /** After the last byte of payload that was seen. */
    private final long[] sent = new long[2];
    /** Where the direction was closed. */
    private final long[] ends = {Long.MAX_VALUE, Long.MAX_VALUE};
    /** What it has acknowledged of the other direction. */
    private final long[] acknowledged = new long[2];
    /** What it takes of the other direction. */
    private final long[] windowBytes;

    Conversation(long windowBytes) {
      this.windowBytes = new long[] {windowBytes, windowBytes};
    }
  }

  /** Segments of connections of {@code network} that have sent nothing. */
  Tcp(Network network) {
    segmentBytes = network.segmentBytes();
    marks = network.transport().markable();
    windowBytes = network.transport().windowBytes();
    int least = LEAST_SCALE;
    while (least < MOST_SCALE && windowBytes >> least > LARGEST_WINDOW) {
      least++;
    }
    scale = least;
  }

  @Override
  public int protocol() {
    return Ip.TCP;
  }

  @Override
  public int bytes(SeenFrame frame) {
    return HEADER_BYTES + frame.payloadBytes();
  }

  @Override
  public Ip.Ecn ecn() {
    return marks ? Ip.Ecn.CAPABLE : Ip.Ecn.NOT_CAPABLE;
  }

  @Override
  public void write(ByteBuffer out, long nowPs, SeenFrame frame, Ip.Addresses addresses) {
    int start = out.position();
    Connection connection = frame.connection();
    Conversation conversation =
        conversations.computeIfAbsent(connection.id(), id -> new Conversation(windowBytes));
    int from = frame.reverse() ? 1 : 0;
    learn(frame, conversation, from);
    boolean opens = frame.kind() == Kind.SYN || frame.kind() == Kind.SYN_ACKNOWLEDGEMENT;
    out.putShort((short) (from == 0 ? connection.sourcePort() : connection.destinationPort()));
    out.putShort((short) (from == 0 ? connection.destinationPort() : connection.sourcePort()));
    out.putInt(opens ? first(frame) : sequence(frame, conversation, from));
    out.putInt(frame.kind() == Kind.SYN ? 0 : acknowledged(frame, conversation, from));
    out.put((byte) (WORDS << 4)).put((byte) flags(frame));
    out.putShort((short) window(conversation.windowBytes[from], opens))
        .putShort((short) 0)
        .putShort((short) 0);
    conversation.stamps[from] = TcpOptions.stamp(nowPs);
    if (opens) {
      TcpOptions.writeOpening(out, segmentBytes + TcpOptions.BYTES, scale);
    } else if (frame.sackedTo() > frame.sackedFrom()) {
      int first = connection.flowHash(!frame.reverse()) + 1;
      TcpOptions
          .writeRange(out, first + (int) frame.sackedFrom(), first + (int) frame.sackedTo());
    } else {
      TcpOptions.writeStamps(out, conversation.stamps[from], conversation.stamps[1 - from]);
    }
    int bytes = out.limit() - start;
    out.putShort(
        start + CHECKSUM_AT,
        InternetChecksum
            .of(out, start, out.limit(), addresses.pseudoHeaderSum(Ip.TCP, bytes)));
  }

  /**
   * What says neither what has come nor what else may repeats what the segment before it said: TCP
   * has a place for it in every segment but the first.
   */
  private static void learn(SeenFrame frame, Conversation conversation, int from) {
    boolean says = frame.acknowledged() > 0 || frame.windowBytes() > 0;
    if (says || frame.kind() == Kind.ACKNOWLEDGEMENT) {
      conversation.acknowledged[from] = frame.acknowledged();
      conversation.windowBytes[from] = frame.windowBytes();
    }
  }

  /** The number that opening takes: a hash of the flow (RFC 9293 section 3.4). */
  private static int first(SeenFrame frame) {
    return frame.connection().flowHash(frame.reverse());
  }

  /**
   * Closing takes a number as opening does. What carries nothing has the number that comes after
   * the payload before it.
   */
  private static int sequence(SeenFrame frame, Conversation conversation, int from) {
    long offset = frame.sequence();
    if (frame.kind() == Kind.ACKNOWLEDGEMENT) {
      offset = Math.min(offset, conversation.sent[from]);
    }
    long end = offset + frame.payloadBytes();
    conversation.sent[from] = Math.max(conversation.sent[from], end);
    if (frame.kind() == Kind.FIN) {
      conversation.ends[from] = end;
      return first(frame) + 1 + (int) offset;
    }
    return first(frame) + 1 + (int) offset + (offset >= conversation.ends[from] ? 1 : 0);
  }

  /** The number that is expected next. */
  private static int acknowledged(SeenFrame frame, Conversation conversation, int from) {
    int first = frame.connection().flowHash(!frame.reverse());
    long offset = conversation.acknowledged[from];
    return first + 1 + (int) offset + (offset >= conversation.ends[1 - from] ? 1 : 0);
  }

  private int flags(SeenFrame frame) {
    int echo = frame.echoes() ? ECHO : 0;
    return switch (frame.kind()) {
      case DATA, ACKNOWLEDGEMENT -> ACK | echo;
      case SYN -> SYN | (marks ? ECHO | REDUCED : 0);
      case SYN_ACKNOWLEDGEMENT -> SYN | ACK | (marks ? ECHO : 0);
      case FIN -> FIN | ACK | echo;
      case CONGESTION_NOTIFICATION, OUT_OF_SEQUENCE ->
          throw new IllegalArgumentException("TCP has no " + frame.kind());
    };
  }

  private int window(long bytes, boolean opens) {
    long units = opens ? bytes : bytes >> scale;
    return (int) Math.min(LARGEST_WINDOW, units);
  }
}
