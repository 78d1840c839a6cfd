package org.podpath.experiments.capture;

import java.nio.ByteBuffer;
import org.podpath.engine.results.SeenFrame;
import org.podpath.engine.traffic.Connection;

/** UDP datagrams (RFC 768). */
final class Udp implements IpPayload {
  static final int HEADER_BYTES = 8;

  /** The first of the ports that tunnels hash flows to (RFC 7348 section 5, RFC 6335). */
  private static final int FIRST_DYNAMIC_PORT = 49_152;
  private static final int DYNAMIC_PORTS = 65_536 - FIRST_DYNAMIC_PORT;
  private static final int CHECKSUM_AT = 6;

  @Override
  public int protocol() {
    return Ip.UDP;
  }

  @Override
  public int bytes(SeenFrame frame) {
    return HEADER_BYTES + frame.payloadBytes();
  }

  @Override
  public Ip.Ecn ecn() {
    return Ip.Ecn.NOT_CAPABLE;
  }

  @Override
  public void write(ByteBuffer out, long nowPs, SeenFrame frame, Ip.Addresses addresses) {
    Connection connection = frame.connection();
    int start = out.position();
    int bytes = out.limit() - start;
    if (frame.reverse()) {
      writeHeader(out, connection.destinationPort(), connection.sourcePort());
    } else {
      writeHeader(out, connection.sourcePort(), connection.destinationPort());
    }
    short checksum =
        InternetChecksum.of(out, start, out.limit(), addresses.pseudoHeaderSum(Ip.UDP, bytes));
    // 0 says that there is none, so a sum of 0 is sent as its other form
    out.putShort(start + CHECKSUM_AT, checksum == 0 ? (short) 0xffff : checksum);
  }

  /**
   * A header around all that is left of {@code out}, without a checksum, as tunnels send it over
   * IPv4 (RFC 7348 section 4.1, RFC 8926 section 3.3).
   */
  static void writeHeader(ByteBuffer out, int sourcePort, int destinationPort) {
    int bytes = out.remaining();
    out.putShort((short) sourcePort).putShort((short) destinationPort);
    out.putShort((short) bytes).putShort((short) 0);
  }

  /** The source port that shows a flow to those who see only outer headers. */
  static int portOf(int flowHash) {
    return FIRST_DYNAMIC_PORT + Math.floorMod(flowHash, DYNAMIC_PORTS);
  }
}
