package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Protocol;

/** A stream that nothing holds back has the payload's share of the line rate, to the picosecond. */
class LineRateTheoryTest {
  private static final long PS_PER_BYTE = 800;
  private static final int SEGMENTS = 400;
  /** IP 20, UDP 8, base transport header 12, invariant checksum 4. */
  private static final int ROCE_HEADER_BYTES = 44;

  /**
   * Behind a first flow the frames of a second one follow back to back: its last byte arrives so many
   * frames after the first flow's. A frame is the MTU, the tag outside of it and 38 bytes of Ethernet;
   * headers inside the MTU are taken from the payload. VXLAN: outer Ethernet 14, IP 20, UDP 8 and VXLAN
   * 8 (RFC 7348); GRE with Ethernet inside: 14, IP 20, GRE 4 and key 4 (RFC 2784, 2890), with IP
   * inside: 20 and 4; Geneve: as VXLAN, and 8 of options (RFC 8926).
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource({"flat, 0, 0", "VLAN, 0, 4", "VXLAN, 50, 0", "GRE with key and Ethernet, 42, 0",
      "GRE, 24, 0", "Geneve, 58, 0", "VXLAN over VLAN, 50, 4"})
  void goodputIsThePayloadsShareOfTheLineRate(String name, int headerBytes, int tagBytes) {
    for (int mtuBytes : new int[] {1450, 1500, 9000}) {
      for (Transport transport : List.of(Transport.Tcp.LINUX, Transport.Roce.DCQCN)) {
        Network network = FreeHosts.network(transport, mtuBytes, headerBytes, tagBytes);
        boolean tcp = transport instanceof Transport.Tcp;
        int podBytes = mtuBytes - headerBytes;
        int ownBytes = tcp ? FreeHosts.TCP_HEADER_BYTES : ROCE_HEADER_BYTES;
        int segmentBytes = tcp ? podBytes - ownBytes : rocePayloadBytes(podBytes);
        long wireBytes = segmentBytes + ownBytes + headerBytes + tagBytes + 38L;

        long takenPs = secondFlowPs(network, (long) SEGMENTS * segmentBytes);

        assertThat(takenPs).isEqualTo(SEGMENTS * wireBytes * PS_PER_BYTE);
        String protocol = tcp ? "TCP" : "RoCE";
        Findings.note(protocol + " goodput, " + name + ", MTU " + mtuBytes,
            10.0 * segmentBytes / wireBytes,
            SEGMENTS * segmentBytes * 8e3 / takenPs, "Gb/s");
      }
    }
  }

  /** A power of two, at most 4,096: 1,024 of all MTUs here but 9,000. */
  private static int rocePayloadBytes(int podBytes) {
    return podBytes > 4096 ? 4096 : 1024;
  }

  /** 100 Gb/s are 80 ps for a byte, 3 Gb/s are 8,000/3: every frame is rounded up to a picosecond. */
  @Test
  void aRateThatIsNoWholePicosecondForAByteRoundsFramesUp() {
    Lab lab = lab(FreeHosts.network(Transport.Tcp.LINUX), 3_000_000_000L);

    long takenPs = secondFlowPs(lab, 400L * FreeHosts.SEGMENT_BYTES);

    long framePs = Math.ceilDiv(FreeHosts.FRAME_BYTES * 8_000L, 3);
    assertThat(takenPs).isEqualTo(400 * framePs);
  }

  private static long secondFlowPs(Network network, long bytes) {
    return secondFlowPs(lab(network, 10_000_000_000L), bytes);
  }

  private static long secondFlowPs(Lab lab, long bytes) {
    Connection connection = lab.connect(Protocol.TCP, 0, 1);
    lab.start(lab.bytes(connection, bytes));
    lab.start(lab.bytes(connection, bytes));
    lab.runToTheEnd();
    List<FinishedFlow> ended = lab.report.flows();
    assertThat(ended).hasSize(2).allMatch(FinishedFlow::complete);
    return ended.get(1).endPs() - ended.get(0).endPs();
  }

  private static Lab lab(Network network, long bitsPerSecond) {
    return new Lab(
        Wires.star(
            2, Wires.cable(bitsPerSecond, 1_000_000), Wires.cable(bitsPerSecond, 1_000_000),
            PortQueues.ENDLESS),
        network);
  }
}
