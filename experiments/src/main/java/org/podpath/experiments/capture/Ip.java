package org.podpath.experiments.capture;

import java.nio.ByteBuffer;

/** IPv4 headers without options (RFC 791). */
final class Ip {
  static final int HEADER_BYTES = 20;
  static final short ETHER_TYPE = 0x0800;
  /** Protocol number of IP in IP (RFC 2003). */
  static final int IN_IP = 4;
  static final int TCP = 6;
  static final int UDP = 17;
  /** Protocol number of GRE (RFC 2784). */
  static final int GRE = 47;

  private static final byte VERSION_AND_WORDS = 0x45;
  private static final short DO_NOT_FRAGMENT = 0x4000;
  /** Linux, net.ipv4.ip_default_ttl. */
  private static final byte HOPS = 64;
  private static final int CHECKSUM_AT = 10;

  /** From where to where. */
  record Addresses(int source, int destination) {

    /** Sum of the pseudo header's words (RFC 9293 section 3.1). */
    long pseudoHeaderSum(int protocol, int bytes) {
      return (source >>> 16) + (source & 0xffff) + (destination >>> 16) + (destination & 0xffff)
          + protocol + bytes;
    }
  }

  private Ip() {}

  /**
   * A header around all that is left of {@code out}. The identification is 0, as fits a packet that
   * nobody cuts (RFC 6864).
   */
  static void write(ByteBuffer out, int protocol, Ecn ecn, Addresses addresses) {
    int start = out.position();
    out.put(VERSION_AND_WORDS).put((byte) ecn.ordinal()).putShort((short) (out.limit() - start));
    out.putShort((short) 0).putShort(DO_NOT_FRAGMENT);
    out.put(HOPS).put((byte) protocol).putShort((short) 0);
    out.putInt(addresses.source()).putInt(addresses.destination());
    out.putShort(
        start + CHECKSUM_AT, InternetChecksum.of(out, start, start + HEADER_BYTES, 0));
  }

  /** What the header says of congestion, in the order of its two bits (RFC 3168). */
  enum Ecn {
    NOT_CAPABLE,
    CAPABLE_1,
    CAPABLE,
    EXPERIENCED
  }
}
