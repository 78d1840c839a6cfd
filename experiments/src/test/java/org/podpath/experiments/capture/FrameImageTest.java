package org.podpath.experiments.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.podpath.cni.CniCatalog;
import org.podpath.cni.Encapsulation;
import org.podpath.cni.Underlay;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.Hook;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.Stage;
import org.podpath.engine.results.SeenFrame;
import org.podpath.engine.results.SeenFrame.Kind;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Protocol;
import org.podpath.experiments.capture.TwoHosts.Wrapped;

class FrameImageTest {
  private static final int PREAMBLE_GAP_AND_CHECKSUM_BYTES = 8 + 12 + 4; // IEEE 802.3
  private static final Connection TCP = new Connection(0, 0, 1, Protocol.TCP, 40_000, 80);
  private static final Connection UDP = new Connection(1, 0, 1, Protocol.UDP, 40_001, 5201);

  static Stream<Wrapped> networks() {
    return TwoHosts.all();
  }

  /** What a link is charged for a frame, less what no capture holds. */
  @ParameterizedTest
  @MethodSource("networks")
  void aFrameIsAsLongAsTheModelSays(Wrapped wrapped) {
    for (int mtuBytes : new int[] {1450, 1500, 9000}) {
      Network network = wrapped.network(mtuBytes);
      FrameImage image = new FrameImage(TwoHosts.CLUSTER, network);
      int emptyBytes = network.frameOverheadBytes() - PREAMBLE_GAP_AND_CHECKSUM_BYTES;

      for (Kind kind : List.of(Kind.SYN, Kind.SYN_ACKNOWLEDGEMENT, Kind.ACKNOWLEDGEMENT,
          Kind.FIN)) {
        assertThat(image.of(0, frame(TCP, kind, 0)).length).isEqualTo(emptyBytes);
      }
      int fullBytes = network.segmentBytes();
      assertThat(image.of(0, frame(TCP, Kind.DATA, fullBytes)).length)
          .isEqualTo(emptyBytes + fullBytes);
    }
  }

  /** A full packet fills the wire's MTU whatever is around it; Ethernet and its tag come on top. */
  @ParameterizedTest
  @MethodSource("networks")
  void aFullFrameFillsTheMtuOfTheWire(Wrapped wrapped) {
    Network network = wrapped.network(1500);
    byte[] bytes =
        new FrameImage(TwoHosts.CLUSTER, network)
            .of(0, frame(TCP, Kind.DATA, network.segmentBytes()));
    int ip = 14 + network.cni().send().tagBytes();

    assertThat(bytes.length).isEqualTo(ip + 1500);
    assertThat(Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(ip + 2))).isEqualTo(1500);
  }

  /** To 02:00:… card 2 from card 1, tag of the first tenant, IP. */
  @Test
  void aVlanStandsBeforeTheTypeOfTheFrame() {
    byte[] bytes = image(CniCatalog.CALICO_IPTABLES, Encapsulation.NONE, Underlay.VLAN, TCP);

    assertThat(hex(bytes, 0, 20))
        .isEqualTo("020000000002" + "020000000001" + "81000064" + "0800" + "4500");
  }

  /** Pods of SR-IOV and macvlan have MAC addresses on the wire, behind a router only hosts do. */
  @Test
  void podsThatShareTheCardAreOnTheWireThemselves() {
    assertThat(hex(image(CniCatalog.SRIOV, Encapsulation.NONE, Underlay.NONE, TCP), 0, 16))
        .isEqualTo("020100000002" + "020100000001" + "81000064");
    assertThat(hex(image(CniCatalog.MACVLAN, Encapsulation.NONE, Underlay.FLAT, TCP), 0, 14))
        .isEqualTo("020100000002" + "020100000001" + "0800");
    assertThat(hex(image(CniCatalog.CILIUM, Encapsulation.NONE, Underlay.NONE, TCP), 0, 14))
        .isEqualTo("020000000002" + "020000000001" + "0800");
  }

  /**
   * Hosts 10.0.0.1 and 10.0.0.2 around pods 100.64.0.1 and 100.64.0.2; UDP to 4789 without
   * checksum, network 1 of the cluster, tunnel devices inside.
   */
  @Test
  void vxlanWrapsAnEthernetFrameInUdpBetweenHosts() {
    byte[] bytes = image(CniCatalog.FLANNEL, Encapsulation.VXLAN, Underlay.NONE, TCP);
    int udpBytes = bytes.length - 34;

    assertThat(hex(bytes, 26, 34)).isEqualTo("0a000001" + "0a000002");
    assertThat(hex(bytes, 36, 42))
        .isEqualTo("12b5" + HexFormat.of().toHexDigits((short) udpBytes) + "0000");
    assertThat(hex(bytes, 42, 50)).isEqualTo("0800000000000100");
    assertThat(hex(bytes, 50, 66)).isEqualTo("020200000002" + "020200000001" + "0800" + "4500");
    assertThat(hex(bytes, 76, 84)).isEqualTo("64400001" + "64400002");
  }

  /** A hash of the flow from 49152 on: the same for all its frames, another for the way back. */
  @Test
  void theSourcePortOfATunnelShowsTheFlow() {
    Wrapped wrapped = new Wrapped(CniCatalog.FLANNEL, Encapsulation.VXLAN, Underlay.NONE);
    FrameImage image = new FrameImage(TwoHosts.CLUSTER, wrapped.network(1500));
    int port = port(image.of(0, frame(TCP, Kind.DATA, 1000)));

    assertThat(port).isBetween(49_152, 65_535);
    assertThat(port(image.of(9, frame(TCP, Kind.ACKNOWLEDGEMENT, 0)))).isEqualTo(port);
    assertThat(Udp.portOf(TCP.flowHash(true))).isNotEqualTo(port);
    assertThat(Stream.of(-1, 0, 1, Integer.MIN_VALUE, Integer.MAX_VALUE).map(Udp::portOf))
        .allMatch(p -> p >= 49_152 && p <= 65_535);
  }

  /** Two words of options, Ethernet, network 1; class 0102, type 80, one word, ports 1 and 2. */
  @Test
  void geneveCarriesThePortsOfOvn() {
    byte[] bytes = image(CniCatalog.OVN_KUBERNETES, Encapsulation.GENEVE, Underlay.NONE, TCP);

    assertThat(hex(bytes, 36, 38)).isEqualTo("17c1");
    assertThat(hex(bytes, 42, 58)).isEqualTo("0240655800000100" + "0102800100010002");
  }

  /** The provider's addresses outside, its key of the first tenant, hosts' frames inside. */
  @Test
  void greOfTheProviderWrapsTheFramesOfHosts() {
    byte[] bytes = image(CniCatalog.CALICO_IPTABLES, Encapsulation.IPIP, Underlay.GRE, TCP);

    assertThat(hex(bytes, 0, 12)).isEqualTo("020300000002" + "020300000001");
    assertThat(hex(bytes, 23, 24)).isEqualTo("2f");
    assertThat(hex(bytes, 26, 34)).isEqualTo("ac100001" + "ac100002");
    assertThat(hex(bytes, 34, 42)).isEqualTo("2000655800000064");
    assertThat(hex(bytes, 42, 56)).isEqualTo("020000000002" + "020000000001" + "0800");
    assertThat(hex(bytes, 65, 66)).isEqualTo("04");
    assertThat(hex(bytes, 68, 76)).isEqualTo("0a000001" + "0a000002");
  }

  /** A switch sees only the outermost header: its two bits become 11, those inside stay. */
  @Test
  void aMarkStandsInTheHeaderThatTheSwitchSaw() {
    Wrapped wrapped = new Wrapped(CniCatalog.FLANNEL, Encapsulation.VXLAN, Underlay.VLAN);
    FrameImage image = new FrameImage(TwoHosts.CLUSTER, wrapped.network(1500));
    SeenFrame marked = new SeenFrame(TCP, false, Kind.DATA, 0, 9, 0, 0, 0, 1_250_000, true, false);
    byte[] bytes = image.of(0, marked);

    assertThat(bytes[18 + 1]).isEqualTo((byte) 3);
    assertThat(bytes[18 + 50 + 1]).isZero();
  }

  @Test
  void aMarkOfAPacketWithoutATunnelStandsInItsOwnHeader() {
    Wrapped wrapped = new Wrapped(CniCatalog.CILIUM, Encapsulation.NONE, Underlay.VLAN);
    FrameImage image = new FrameImage(TwoHosts.CLUSTER, wrapped.network(1500));
    SeenFrame marked = new SeenFrame(TCP, false, Kind.DATA, 0, 9, 0, 0, 0, 1_250_000, true, false);

    assertThat(image.of(0, marked)[18 + 1]).isEqualTo((byte) 3);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aDatagramIsAsLongAsTheModelSays(Wrapped wrapped) {
    Network network = wrapped.network(1500);
    int modelledBytes = network.datagramOverheadBytes() + 500 - PREAMBLE_GAP_AND_CHECKSUM_BYTES;

    assertThat(
        new FrameImage(TwoHosts.CLUSTER, network).of(0, frame(UDP, Kind.DATA, 500)).length)
            .isEqualTo(modelledBytes);
  }

  @Test
  void headersThatNobodyKnowsAreRefused() {
    Network plain =
        new Wrapped(CniCatalog.CILIUM, Encapsulation.NONE, Underlay.NONE).network(1500);
    Cni odd =
        new Cni(
            "odd",
            Optional.empty(),
            Datapath.of("out", new Stage.Wrap(Hook.TUNNEL, "sleeve headers", 7, true, false)),
            Datapath.of("in"));
    Network network = new Network(odd, plain.stack(), 1400, 1500);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FrameImage(TwoHosts.CLUSTER, network))
        .withMessage(
            "no capture can show the 'sleeve headers' of odd; write another network, or leave"
                + " 'capture' out");
  }

  private static int port(byte[] bytes) {
    return Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(34));
  }

  private static byte[] image(
      CniCatalog entry, Encapsulation encapsulation, Underlay underlay, Connection connection) {
    Wrapped wrapped = new Wrapped(entry, encapsulation, underlay);
    return new FrameImage(TwoHosts.CLUSTER, wrapped.network(1500))
        .of(0, frame(connection, Kind.DATA, 100));
  }

  private static SeenFrame frame(Connection connection, Kind kind, int payloadBytes) {
    return new SeenFrame(
        connection, false, kind, 0, payloadBytes, 0, 0, 0, 1_250_000, false, false);
  }

  private static String hex(byte[] bytes, int from, int to) {
    return HexFormat.of().formatHex(bytes, from, to);
  }
}
