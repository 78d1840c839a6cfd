package org.podpath.experiments.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.podpath.cni.CniCatalog;
import org.podpath.cni.Encapsulation;
import org.podpath.cni.Underlay;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.packet.PacketEngine;
import org.podpath.engine.results.RunReport;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Flow;
import org.podpath.engine.traffic.Pace;
import org.podpath.engine.traffic.Protocol;
import org.podpath.experiments.capture.TwoHosts.Wrapped;
import org.podpath.experiments.scenario.Capture;

/** What Wireshark reads of frames that the packet engine plays, by transports without a job. */
class TransportsOnTheWireTest {
  private static final Network BARE =
      new Wrapped(CniCatalog.NO_HOSTS, Encapsulation.NONE, Underlay.NONE).network(9000);
  private static final long US_PS = 1_000_000;

  @TempDir
  Path folder;

  @BeforeEach
  void needsTshark() {
    assumeTrue(Tshark.isThere(), "tshark is not installed");
  }

  /**
   * 100 full frames, numbered one after the other (opcode 4: a send of one packet); after every
   * 16th and the last an acknowledgement (opcode 17) that names it.
   */
  @Test
  void roceIsNumberedAndAcknowledgedByNumber() {
    Network network =
        new Network(BARE.cni(), BARE.stack(), Transport.Roce.DCQCN, 9000, 9000);
    Connection connection = new Connection(0, 0, 1, Protocol.ROCE, 40_000, 4791);
    long bytes = 100L * network.segmentBytes();

    Tshark said = played(network, new Flow(0, connection, false, bytes, Flow.NEVER_PS));

    List<String> operations = said.values("infiniband.bth.opcode").toList();
    List<String> numbers = said.values("infiniband.bth.psn").toList();
    List<Integer> sent = new ArrayList<>();
    List<Integer> answered = new ArrayList<>();
    for (int i = 0; i < operations.size(); i++) {
      (operations.get(i).equals("4") ? sent : answered).add(Integer.decode(numbers.get(i)));
    }
    assertThat(said.worries()).isEmpty();
    assertThat(said.different("infiniband.bth.opcode")).containsExactly("17", "4");
    assertThat(sent).isEqualTo(IntStream.range(0, 100).boxed().toList());
    assertThat(answered).containsExactly(15, 31, 47, 63, 79, 95, 99);
  }

  /** 50 datagrams of 1000 bytes, a microsecond apart. */
  @Test
  void datagramsHaveTheirLengthsAndChecksums() {
    Connection connection = new Connection(0, 0, 1, Protocol.UDP, 40_000, 5201);
    Pace pace = Pace.every(1000, US_PS);

    Tshark said =
        played(
            BARE,
            new Flow(0, connection, false, 50_000, Flow.NEVER_PS, Optional.of(pace), false, false));

    assertThat(said.worries()).isEmpty();
    assertThat(said.values("udp.length")).hasSize(50).containsOnly("1008");
    assertThat(said.different("udp.checksum.status")).containsExactly("1");
  }

  private Tshark played(Network network, Flow flow) {
    Path file = folder.resolve("x.pcapng");
    Capture wanted =
        new Capture(
            Optional.of(List.of("host0.up", "host0.down")), 1000, 262_144, "x.pcapng");
    Simulator simulator = new Simulator(1);
    try (CaptureFile capture = CaptureFile.open(file, wanted, TwoHosts.CLUSTER, network)) {
      new PacketEngine(
          simulator, TwoHosts.CLUSTER, network, new RunReport(), Optional.empty(),
          Optional.of(capture)).start(flow, () -> {});
      simulator.runUntil(Simulator.LONGEST_RUN_PS);
    }
    return Tshark.reads(
        file, "infiniband.bth.opcode", "infiniband.bth.psn", "udp.length", "udp.checksum.status");
  }
}
