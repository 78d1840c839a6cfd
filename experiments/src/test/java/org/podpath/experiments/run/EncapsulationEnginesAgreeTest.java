package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.engine.results.FinishedFlow;

/** Outer headers that flows put on wires, in both engines. */
class EncapsulationEnginesAgreeTest {
  private static final String SCENARIO = """
      experiment: headers
      cluster: {hosts: 2, cores: 8, profile: ref, nic: 40Gbps%s}
      network: {cni: %s, underlay: %s}
      tenants: {blue: {jobs: [%s]}}
      """;

  @TempDir
  private Path folder;

  /** Acknowledgements are what polls make of the stream: the flow engine predicts how many. */
  @ParameterizedTest
  @CsvSource({
      "flannel, none", "flannel, vlan", "cilium, none", "cilium, vxlan", "calico-iptables, none",
      "calico-iptables, gre"
  })
  void ofAStreamAndItsAcknowledgements(String cni, String underlay) {
    String stream = "{stream: {from: a, to: b, bytes: 50MB}}";
    long packet = headerBytes("packet", "", cni, underlay, stream).getFirst();
    long flow = headerBytes("flow", "", cni, underlay, stream).getFirst();

    assertThat((double) flow).isCloseTo(packet, within(0.01 * packet));
  }

  /** 1,000 datagrams, each with 50 bytes of VXLAN. */
  @ParameterizedTest
  @CsvSource({"packet", "flow"})
  void ofDatagrams(String engine) {
    String datagrams =
        "{datagrams: {from: a, to: b, size: 1000B, packets: 20000/s, duration: 50ms}}";

    assertThat(headerBytes(engine, "", "flannel", "none", datagrams)).containsExactly(50_000L);
  }

  /** The first request is acknowledged at once; all that follows carries what answers it. */
  @Test
  void ofRequestsAndRepliesOfOneFrame() {
    String requests = "{request-response: {from: a, to: b, bytes: 1000B, count: 2}}";

    assertThat(headerBytes("packet", "", "flannel", "none", requests))
        .containsExactly(100L, 50L, 50L, 50L);
  }

  /** A twentieth of the frames is lost: what is sent again has headers, too. */
  @Test
  void ofWhatIsSentAgain() {
    String lossy = ", ports: {ecn: {random: 0.05}}";
    String stream = "{stream: {from: a, to: b, bytes: 5MB}}";

    FinishedFlow lost = flows("packet", lossy, "flannel", "none", stream).getFirst();
    FinishedFlow clean = flows("packet", "", "flannel", "none", stream).getFirst();

    long again = lost.retransmissions().getAsLong();
    assertThat(again).isGreaterThan(20);
    assertThat(lost.encapsulationBytes())
        .isGreaterThanOrEqualTo(clean.encapsulationBytes() + 50 * again);
  }

  private List<Long> headerBytes(String engine, Object... scenario) {
    return flows(engine, scenario).stream().map(FinishedFlow::encapsulationBytes).toList();
  }

  private List<FinishedFlow> flows(String engine, Object... scenario) {
    List<FinishedFlow> flows = new ArrayList<>();
    Scenarios.play(Scenarios.ofText(folder, SCENARIO.formatted(scenario), "engine=" + engine))
        .forEach(result -> flows.addAll(result.report().flows()));
    return flows;
  }
}
