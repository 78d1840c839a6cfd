package org.podpath.experiments.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.podpath.cni.CniCatalog;
import org.podpath.cni.Encapsulation;
import org.podpath.cni.Underlay;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Protocol;
import org.podpath.experiments.capture.TwoHosts.Wrapped;
import org.podpath.experiments.scenario.Capture;
import org.podpath.experiments.yaml.InvalidParameters;

class CaptureFileTest {
  private static final Network CILIUM =
      new Wrapped(CniCatalog.CILIUM, Encapsulation.VXLAN, Underlay.NONE).network(1500);
  private static final Network SRIOV =
      new Wrapped(CniCatalog.SRIOV, Encapsulation.NONE, Underlay.NONE).network(1500);
  private static final Connection TCP = new Connection(0, 0, 1, Protocol.TCP, 40_000, 80);

  @TempDir
  Path folder;

  @Test
  void withoutNamesEveryLinkIsAnInterface() throws IOException {
    assertThat(names(written(all(1000), CILIUM)))
        .containsExactly("host0.up", "host1.up", "host0.down", "host1.down");
  }

  /** Frames between pods of one host cross its network card where the host has no list for them. */
  @Test
  void theSwitchInACardIsALinkWhereFramesTurnRoundInIt() throws IOException {
    assertThat(names(written(all(1000), SRIOV)))
        .containsExactly(
            "host0.up", "host1.up", "host0.down", "host1.down", "host0.hairpin", "host1.hairpin");
  }

  /** Of the dialogue's 14 frames those that come back to host 0 are six. */
  @Test
  void onlyFramesOfNamedLinksAreWritten() throws IOException {
    Capture wanted = new Capture(Optional.of(List.of("host0.down")), 1000, 100, "x.pcapng");
    List<ByteBuffer> blocks = PcapngTest.parted(written(wanted, CILIUM));

    assertThat(blocks).hasSize(2 + 6);
    assertThat(blocks.subList(2, 8)).allMatch(block -> block.getInt(8) == 0);
  }

  @Test
  void listeningEndsAfterAsManyFramesAsAskedForAndTheReaderIsTold() throws IOException {
    Path file = folder.resolve("x.pcapng");
    try (CaptureFile capture = CaptureFile.open(file, all(5), TwoHosts.CLUSTER, CILIUM)) {
      new Dialogue(capture, TCP, 0).play(CILIUM.segmentBytes());

      assertThat(capture.note()).contains("the capture holds the first 5 of 14 frames");
    }
    assertThat(PcapngTest.parted(Files.readAllBytes(file))).hasSize(1 + 4 + 5);
  }

  @Test
  void whereEverythingIsWrittenNothingNeedsToBeSaid() {
    try (CaptureFile capture =
        CaptureFile.open(folder.resolve("x"), all(14), TwoHosts.CLUSTER, CILIUM)) {
      assertThat(capture.note()).contains("no frame crossed the captured links");

      new Dialogue(capture, TCP, 0).play(CILIUM.segmentBytes());

      assertThat(capture.note()).isEmpty();
    }
  }

  @Test
  void theSameFramesMakeTheSameBytes() throws IOException {
    assertThat(written(all(1000), CILIUM)).isEqualTo(written(all(1000), CILIUM));
  }

  @Test
  void aLinkThatIsNotThereIsRefusedWithTheNearestName() {
    Capture wanted =
        new Capture(Optional.of(List.of("host0.up", "host0.dwn", "x")), 9, 100, "x.pcapng");

    assertThatThrownBy(() -> CaptureFile.check(wanted, TwoHosts.CLUSTER, CILIUM))
        .isInstanceOf(InvalidParameters.class)
        .hasMessage(
            "capture.links.1: no link 'host0.dwn'; write 'host0.down', or one of [host0.up,"
                + " host1.up, host0.down, host1.down]\n"
                + "capture.links.2: no link 'x'; write one of [host0.up, host1.up, host0.down,"
                + " host1.down]");
  }

  @Test
  void aFileThatCannotBeWrittenIsSaid() {
    assertThatThrownBy(
        () -> CaptureFile
            .open(folder.resolve("none/x.pcapng"), all(9), TwoHosts.CLUSTER, CILIUM))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("x.pcapng: cannot be written");
  }

  private byte[] written(Capture wanted, Network network) throws IOException {
    Path file = folder.resolve("x.pcapng");
    try (CaptureFile capture = CaptureFile.open(file, wanted, TwoHosts.CLUSTER, network)) {
      new Dialogue(capture, TCP, 0).play(network.segmentBytes());
    }
    return Files.readAllBytes(file);
  }

  private static Capture all(int frames) {
    return new Capture(Optional.empty(), frames, 262_144, "x.pcapng");
  }

  private static List<String> names(byte[] file) {
    return PcapngTest.parted(file)
        .stream()
        .filter(block -> block.getInt(0) == 1)
        .map(block -> new String(PcapngTest.option(block, 16, 2), StandardCharsets.UTF_8))
        .toList();
  }
}
