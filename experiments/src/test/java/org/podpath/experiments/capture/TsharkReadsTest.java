package org.podpath.experiments.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.results.FrameTap;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Protocol;
import org.podpath.experiments.capture.TwoHosts.Wrapped;

/**
 * What Wireshark says of a file that holds dialogues by TCP, RoCE and UDP on every network there
 * is, each network on an interface of its own. Needs tshark; without it nothing is tested here.
 */
class TsharkReadsTest {
  private static final List<Wrapped> NETWORKS = TwoHosts.all().toList();
  private static final long PS_PER_MS = 1_000_000_000;

  @TempDir
  static Path folder;

  private static Tshark said;

  @BeforeAll
  static void write() throws IOException {
    assumeTrue(Tshark.isThere(), "tshark is not installed");
    Path file = folder.resolve("all.pcapng");
    try (Pcapng out =
        new Pcapng(new BufferedOutputStream(Files.newOutputStream(file)), 262_144)) {
      for (int i = 0; i < NETWORKS.size(); i++) {
        out.addInterface(NETWORKS.get(i).toString(), 10_000_000_000L);
        play(NETWORKS.get(i).network(9000), i, out);
      }
    }
    said =
        Tshark.reads(
            file, "frame.len", "frame.protocols", "ip.len", "ip.dst", "ip.checksum.status",
            "tcp.checksum.status", "udp.checksum.status", "tcp.analysis.flags",
            "tcp.analysis.retransmission", "tcp.analysis.duplicate_ack", "vxlan.vni", "geneve.vni",
            "gre.key", "vlan.id");
  }

  private static void play(Network network, int at, Pcapng out) {
    FrameTap tcp = tap(network, at, out);
    FrameTap roce = tap(overRoce(network), at, out);
    int segmentBytes = network.segmentBytes();
    dialogue(tcp, 3 * at, Protocol.TCP, 80).play(segmentBytes);
    dialogue(roce, 3 * at + 1, Protocol.ROCE, 80).playRoce(segmentBytes);
    dialogue(tcp, 3 * at + 2, Protocol.UDP, 5201).playUdp(segmentBytes);
  }

  private static Network overRoce(Network network) {
    return new Network(
        network.cni(), network.stack(), Transport.Roce.DCQCN, network.podMtuBytes(),
        network.wireMtuBytes());
  }

  private static FrameTap tap(Network network, int at, Pcapng out) {
    FrameImage image = new FrameImage(TwoHosts.CLUSTER, network);
    return (nowPs, link, frame) -> {
      try {
        out.frame(at, nowPs, image.of(nowPs, frame));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private static Dialogue dialogue(FrameTap tap, int id, Protocol protocol, int port) {
    Connection connection = new Connection(id, 0, 1, protocol, 32_768 + id, port);
    return new Dialogue(tap, connection, id * PS_PER_MS);
  }

  @Test
  void noFrameIsMalformedAndNothingIsWorthAWarning() {
    assertThat(said.worries()).isEmpty();
  }

  /** 1 is good, 0 bad, 3 absent; a tunnel's UDP and RoCE have none, IP always has one. */
  @Test
  void everyChecksumThatIsThereIsGood() {
    assertThat(said.different("ip.checksum.status")).containsExactly("1");
    assertThat(said.different("tcp.checksum.status")).containsExactly("1");
    assertThat(said.different("udp.checksum.status")).containsExactly("1", "3");
  }

  /** The one that was lost comes again and is reported missing before; the rest is in order. */
  @Test
  void sequencesAreWhatTheDialogueIs() {
    assertThat(said.count("tcp.analysis.retransmission")).isEqualTo(NETWORKS.size());
    assertThat(said.count("tcp.analysis.duplicate_ack")).isEqualTo(NETWORKS.size());
    assertThat(said.count("tcp.analysis.flags")).isEqualTo(2L * NETWORKS.size());
  }

  /** Every frame shows the pods' packet within whatever is around it. */
  @Test
  void everyLayerIsRecognised() {
    assertThat(said.values("frame.protocols").map(names -> names.replaceAll(".*:", "")).distinct())
        .containsExactlyInAnyOrder("tcp", "infiniband", "data");
    assertThat(said.values("ip.dst").map(line -> line.replaceAll(".*\\|", "")).distinct())
        .containsExactlyInAnyOrder("100.64.0.1", "100.64.0.2");
    assertThat(said.different("vxlan.vni")).containsExactly("1", "100");
    assertThat(said.different("geneve.vni")).containsExactly("0x000001");
    assertThat(said.different("gre.key")).containsExactly("0x00000064");
    assertThat(said.different("vlan.id")).containsExactly("100");
  }

  @Test
  void everyFrameIsAsLongAsItsHeadersSay() {
    List<String> lengths = said.values("frame.len").toList();
    List<String> packets = said.values("ip.len").toList();
    List<String> names = said.values("frame.protocols").toList();

    assertThat(lengths).hasSize(NETWORKS.size() * (Dialogue.FRAMES + 9 + 2));
    for (int i = 0; i < lengths.size(); i++) {
      int tagBytes = names.get(i).contains("vlan") ? 4 : 0;
      int outerBytes = Integer.parseInt(packets.get(i).split("\\|")[0]);
      assertThat(lengths.get(i)).isEqualTo("" + (14 + tagBytes + outerBytes));
    }
  }
}
