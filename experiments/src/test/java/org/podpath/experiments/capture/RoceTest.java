package org.podpath.experiments.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.podpath.engine.results.SeenFrame;
import org.podpath.engine.results.SeenFrame.Kind;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Protocol;

class RoceTest {
  private static final int SEGMENT_BYTES = 1000;
  private static final int BASE = Ip.HEADER_BYTES + Udp.HEADER_BYTES;
  private static final Connection CONNECTION = new Connection(3, 0, 1, Protocol.ROCE, 40_000, 1);
  private static final Ip.Addresses ADDRESSES = new Ip.Addresses(0x0a000001, 0x0a000002);

  private final Roce roce = new Roce(SEGMENT_BYTES);

  /**
   * A congestion notification of a ConnectX-4 Lx: 10.0.17.1 to 10.0.18.1, ECN and DSCP c2,
   * identification 718c, time to live 64, IP checksum 9161, source port 0, queue pair 0118. Its
   * checksum on the wire is 82 fd 00 2a. Source: Scapy, test/contrib/roce.uts, "RoCE CNP captured
   * on ConnectX-4 Lx".
   */
  @Test
  void theChecksumIsThatOfANetworkCard() {
    ByteBuffer packet = ByteBuffer.allocate(60);
    packet.putInt(0x45c2003c).putInt(0x718c4000).putInt(0x40119161);
    packet.putInt(0x0a001101).putInt(0x0a001201);
    packet.putInt(0x000012b7).putInt(0x00280000);
    packet.putInt(0x8100ffff).putInt(0x40000118).putInt(0);

    int checksum = Roce.invariantChecksum(packet, 0, 56);

    assertThat(HexFormat.of().toHexDigits(Integer.reverseBytes(checksum))).isEqualTo("82fd002a");
  }

  /** IP 20, UDP 8, base header 12, checksum 4; and 4 for what it says, or 16 that are reserved. */
  @Test
  void answersAreAsLongAsTheirHeaders() {
    assertThat(packet(Kind.DATA, 0, 100, 0).capacity()).isEqualTo(44 + 100);
    assertThat(packet(Kind.ACKNOWLEDGEMENT, 0, 0, 0).capacity()).isEqualTo(48);
    assertThat(packet(Kind.OUT_OF_SEQUENCE, 0, 0, 0).capacity()).isEqualTo(48);
    assertThat(packet(Kind.CONGESTION_NOTIFICATION, 0, 0, 0).capacity()).isEqualTo(60);
  }

  @Test
  void packetsAreNumberedAndOneThatComesAgainKeepsItsNumber() {
    assertThat(number(packet(Kind.DATA, 0, 1000, 0))).isZero();
    assertThat(number(packet(Kind.DATA, 1000, 70, 0))).isEqualTo(1);
    assertThat(number(packet(Kind.DATA, 1070, 1000, 0))).isEqualTo(2);
    assertThat(number(packet(Kind.DATA, 1000, 70, 0))).isEqualTo(1);
    assertThat(number(packet(Kind.DATA, 2070, 1000, 0))).isEqualTo(3);
  }

  /** 2500 bytes that crossed no captured link were three packets. */
  @Test
  void packetsThatWereNotSeenHaveNumbersToo() {
    packet(Kind.DATA, 0, 1000, 0);

    assertThat(number(packet(Kind.DATA, 3500, 1000, 0))).isEqualTo(1 + 3);
  }

  /** Of packets 0, 1 and 2 the first two have arrived: number 1 is answered, 2 is expected. */
  @Test
  void answersNameTheLastPacketInOrderOrTheOneThatIsMissing() {
    packet(Kind.DATA, 0, 1000, 0);
    packet(Kind.DATA, 1000, 1000, 0);
    packet(Kind.DATA, 2000, 1000, 0);

    ByteBuffer well = packet(Kind.ACKNOWLEDGEMENT, 0, 0, 2000);
    ByteBuffer missing = packet(Kind.OUT_OF_SEQUENCE, 0, 0, 2000);

    assertThat(number(well)).isEqualTo(1);
    assertThat(well.get(BASE + 12)).isEqualTo((byte) 0x1f);
    assertThat(number(missing)).isEqualTo(2);
    assertThat(missing.get(BASE + 12)).isEqualTo((byte) 0x60);
  }

  @Test
  void aNotificationSaysThatThereIsCongestion() {
    ByteBuffer packet = packet(Kind.CONGESTION_NOTIFICATION, 0, 0, 0);

    assertThat(packet.get(BASE)).isEqualTo((byte) 0x81);
    assertThat(packet.get(BASE + 4)).isEqualTo((byte) 0x40);
  }

  @Test
  void nothingIsOpened() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> packet(Kind.SYN, 0, 0, 0))
        .withMessage("RoCE has no SYN");
  }

  private static int number(ByteBuffer packet) {
    return packet.getInt(BASE + 8) & 0xffffff;
  }

  /** With its IP header; answers travel back. */
  private ByteBuffer packet(Kind kind, long sequence, int payloadBytes, long acknowledged) {
    SeenFrame frame =
        new SeenFrame(
            CONNECTION, kind != Kind.DATA, kind, sequence, payloadBytes, acknowledged, 0, 0, 0,
            false, false);
    ByteBuffer out = ByteBuffer.allocate(Ip.HEADER_BYTES + roce.bytes(frame));
    Ip.write(out, Ip.UDP, roce.ecn(), ADDRESSES);
    roce.write(out, 0, frame, ADDRESSES);
    return out;
  }
}
