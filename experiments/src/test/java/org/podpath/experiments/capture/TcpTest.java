package org.podpath.experiments.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.cni.CniCatalog;
import org.podpath.cni.Encapsulation;
import org.podpath.cni.Underlay;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.results.SeenFrame;
import org.podpath.engine.results.SeenFrame.Kind;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Protocol;
import org.podpath.experiments.capture.TwoHosts.Wrapped;

class TcpTest {
  private static final Connection CONNECTION = new Connection(0, 0, 1, Protocol.TCP, 40_000, 80);
  private static final Ip.Addresses ADDRESSES = new Ip.Addresses(0x0a000001, 0x0a000002);
  private static final long MS_PS = 1_000_000_000L;
  private static final int OPENER = CONNECTION.flowHash(false);
  private static final int OTHER = CONNECTION.flowHash(true);

  private final Tcp tcp = tcp(Transport.Control.CUBIC, 1_250_000);

  @Test
  void portsAreTheConnectionsTurnedRoundOnTheWayBack() {
    assertThat(ports(segment(false, Kind.DATA, 0, 10, 0))).containsExactly(40_000, 80);
    assertThat(ports(segment(true, Kind.DATA, 0, 10, 0))).containsExactly(80, 40_000);
  }

  @ParameterizedTest
  @CsvSource({"DATA, 10", "ACKNOWLEDGEMENT, 10", "SYN, 02", "SYN_ACKNOWLEDGEMENT, 12", "FIN, 11"})
  void flagsSayWhatASegmentIsFor(Kind kind, String flags) {
    assertThat(segment(false, kind, 0, 0, 0).get(13))
        .isEqualTo(HexFormat.of().parseHex(flags)[0]);
  }

  /** Not all payload carries an acknowledgement; what was acknowledged stays so, as the window. */
  @Test
  void payloadWithoutAnAcknowledgementRepeatsTheOneBefore() {
    assertThat(Short.toUnsignedInt(segment(tcp, silent(), 0).getShort(14)))
        .isEqualTo(1_250_000 / 128);
    SeenFrame half =
        new SeenFrame(
            CONNECTION, false, Kind.ACKNOWLEDGEMENT, 0, 0, 70, 0, 0, 625_000, false, false);
    segment(tcp, half, 0);

    ByteBuffer repeating = segment(tcp, silent(), 0);

    assertThat(repeating.getInt(8)).isEqualTo(OTHER + 71);
    assertThat(Short.toUnsignedInt(repeating.getShort(14))).isEqualTo(625_000 / 128);
  }

  private static SeenFrame silent() {
    return new SeenFrame(CONNECTION, false, Kind.DATA, 0, 10, 0, 0, 0, 0, false, false);
  }

  /** Opening takes a number, so the first byte of payload has the one after it. */
  @Test
  void numbersCountFromTheOpening() {
    assertThat(segment(false, Kind.SYN, 0, 0, 0).getInt(4)).isEqualTo(OPENER);
    assertThat(segment(false, Kind.SYN, 0, 0, 0).getInt(8)).isZero();
    assertThat(segment(true, Kind.SYN_ACKNOWLEDGEMENT, 0, 0, 0).getInt(4)).isEqualTo(OTHER);
    assertThat(segment(true, Kind.SYN_ACKNOWLEDGEMENT, 0, 0, 0).getInt(8)).isEqualTo(OPENER + 1);
    assertThat(segment(false, Kind.DATA, 500, 100, 7).getInt(4)).isEqualTo(OPENER + 501);
    assertThat(segment(false, Kind.DATA, 500, 100, 7).getInt(8)).isEqualTo(OTHER + 8);
  }

  /** 32 bits are enough for the numbers that TCP needs at a time. */
  @Test
  void numbersGoRound() {
    assertThat(segment(false, Kind.DATA, (1L << 32) + 5, 1, 0).getInt(4)).isEqualTo(OPENER + 6);
  }

  @Test
  void closingTakesANumberInBothDirections() {
    assertThat(segment(false, Kind.FIN, 90, 10, 0).getInt(4)).isEqualTo(OPENER + 91);

    assertThat(segment(true, Kind.ACKNOWLEDGEMENT, 0, 0, 99).getInt(8)).isEqualTo(OPENER + 100);
    assertThat(segment(true, Kind.ACKNOWLEDGEMENT, 0, 0, 100).getInt(8)).isEqualTo(OPENER + 102);
    assertThat(segment(false, Kind.ACKNOWLEDGEMENT, 100, 0, 0).getInt(4)).isEqualTo(OPENER + 102);
  }

  /** What is acknowledged may have overtaken nothing: its number is that of what was seen. */
  @Test
  void anAcknowledgementHasTheNumberThatComesAfterWhatWasSeen() {
    segment(false, Kind.DATA, 0, 100, 0);

    assertThat(segment(false, Kind.ACKNOWLEDGEMENT, 300, 0, 0).getInt(4)).isEqualTo(OPENER + 101);
    assertThat(segment(false, Kind.ACKNOWLEDGEMENT, 100, 0, 0).getInt(4)).isEqualTo(OPENER + 101);
  }

  /** 1,250,000 bytes fit 16 bits in units of 128; the opening counts bytes. */
  @Test
  void windowsAreScaled() {
    assertThat(Short.toUnsignedInt(segment(false, Kind.DATA, 0, 1, 0).getShort(14)))
        .isEqualTo(1_250_000 / 128);
    assertThat(Short.toUnsignedInt(segment(false, Kind.SYN, 0, 0, 0).getShort(14)))
        .isEqualTo(65_535);
  }

  /** 16 MB need units of 256: 65,535 · 128 are 8.4 MB, 65,535 · 256 are 16.8 MB. */
  @Test
  void aLargeWindowHasALargeScale() {
    Tcp large = tcp(Transport.Control.CUBIC, 16_000_000);

    assertThat(hex(segment(large, frame(false, Kind.SYN, 0, 0, 0, 0, 0), 0), 20))
        .endsWith("01030308" + "0101");
  }

  /** Size 1448 + 12 bytes of options = 05b4, ranges permitted, scale 7. */
  @Test
  void anOpeningSaysSizeRangesAndScale() {
    assertThat(hex(segment(false, Kind.SYN, 0, 0, 0), 20))
        .isEqualTo("020405b4" + "0402" + "01030307" + "0101");
  }

  /** The first millisecond is 1: a time stamp of 0 says nothing (RFC 7323). */
  @Test
  void timeStampsCountMillisecondsAndEchoTheOtherSides() {
    segment(tcp, frame(true, Kind.DATA, 0, 1, 0, 0, 0), 4 * MS_PS);

    assertThat(hex(segment(tcp, frame(false, Kind.DATA, 0, 1, 0, 0, 0), 9 * MS_PS), 20, 32))
        .isEqualTo("0101080a" + "0000000a" + "00000005");
  }

  /** Bytes 200 to 300 of the opener have come, from 100 on they are missing. */
  @Test
  void aRangeBeyondAGapStandsInThePlaceOfTimeStamps() {
    ByteBuffer segment = segment(tcp, frame(true, Kind.ACKNOWLEDGEMENT, 0, 0, 100, 200, 300), 0);

    assertThat(segment.capacity()).isEqualTo(Tcp.HEADER_BYTES);
    assertThat(segment.getInt(20)).isEqualTo(0x0101050a);
    assertThat(segment.getInt(24)).isEqualTo(OPENER + 201);
    assertThat(segment.getInt(28)).isEqualTo(OPENER + 301);
  }

  /** The sum over pseudo header and segment, the checksum included, is all ones. */
  @ParameterizedTest
  @CsvSource({"DATA, 1000", "DATA, 999", "SYN, 0", "FIN, 1"})
  void theChecksumHolds(Kind kind, int payloadBytes) {
    ByteBuffer segment = segment(false, kind, 0, payloadBytes, 0);
    long pseudo = ADDRESSES.pseudoHeaderSum(6, segment.capacity());

    assertThat(InternetChecksum.of(segment, 0, segment.capacity(), pseudo)).isZero();
  }

  /** ECE is 40, CWR 80 (RFC 3168 section 6.1.1). */
  @Test
  void whereSwitchesMarkMarksAreNegotiatedAndEchoed() {
    Tcp marked = tcp(Transport.Control.DCTCP, 1_250_000);
    SeenFrame echo =
        new SeenFrame(
            CONNECTION, true, Kind.ACKNOWLEDGEMENT, 0, 0, 10, 0, 0, 1_250_000, false, true);

    assertThat(segment(marked, frame(false, Kind.SYN, 0, 0, 0, 0, 0), 0).get(13))
        .isEqualTo((byte) 0xc2);
    assertThat(segment(marked, frame(true, Kind.SYN_ACKNOWLEDGEMENT, 0, 0, 0, 0, 0), 0).get(13))
        .isEqualTo((byte) 0x52);
    assertThat(segment(marked, echo, 0).get(13)).isEqualTo((byte) 0x50);
    assertThat(marked.ecn()).isEqualTo(Ip.Ecn.CAPABLE);
    assertThat(tcp.ecn()).isEqualTo(Ip.Ecn.NOT_CAPABLE);
  }

  @Test
  void thereIsNoNotification() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> segment(true, Kind.CONGESTION_NOTIFICATION, 0, 0, 0))
        .withMessage("TCP has no CONGESTION_NOTIFICATION");
  }

  /** Segments of 1448 bytes: an MTU of 1500 less 52. */
  private static Tcp tcp(Transport.Control control, long windowBytes) {
    Network plain =
        new Wrapped(CniCatalog.CILIUM, Encapsulation.NONE, Underlay.NONE).network(1500);
    Transport transport = new Transport.Tcp(control, 10, windowBytes, 1);
    return new Tcp(new Network(plain.cni(), plain.stack(), transport, 1500, 1500));
  }

  private static int[] ports(ByteBuffer segment) {
    return new int[] {
        Short.toUnsignedInt(segment.getShort(0)), Short.toUnsignedInt(segment.getShort(2))};
  }

  private static String hex(ByteBuffer segment, int from) {
    return hex(segment, from, segment.capacity());
  }

  private static String hex(ByteBuffer segment, int from, int to) {
    return HexFormat.of().formatHex(segment.array(), from, to);
  }

  private ByteBuffer segment(
      boolean reverse, Kind kind, long sequence, int payloadBytes, long acknowledged) {
    return segment(tcp, frame(reverse, kind, sequence, payloadBytes, acknowledged, 0, 0), 0);
  }

  private static ByteBuffer segment(Tcp tcp, SeenFrame frame, long nowPs) {
    ByteBuffer out = ByteBuffer.allocate(tcp.bytes(frame));
    tcp.write(out, nowPs, frame, ADDRESSES);
    return out;
  }

  private static SeenFrame frame(
      boolean reverse,
      Kind kind,
      long sequence,
      int payloadBytes,
      long acknowledged,
      long sackedFrom,
      long sackedTo) {
    return new SeenFrame(
        CONNECTION, reverse, kind, sequence, payloadBytes, acknowledged, sackedFrom, sackedTo,
        1_250_000, false, false);
  }
}
