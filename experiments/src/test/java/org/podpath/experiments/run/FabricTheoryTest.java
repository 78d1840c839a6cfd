package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.datapath.Network;

/** What a fabric adds to transactions one after the other, and takes from streams side by side. */
class FabricTheoryTest {
  private static final long BYTES = 1024;
  private static final long TRANSACTIONS = 20;
  private static final String SCENARIO = """
      experiment: ways
      cluster: {hosts: 16, nic: 100Gbps, profile: ref, receive: pod-core, fabric: single}
      network: {cni: host}
      placement: {a: host0, b: host15}
      tenants: {blue: {jobs: [request-response: {from: a, to: b, bytes: 1024B, count: 20}]}}
      """;

  @TempDir
  private Path folder;

  /**
   * Each further link takes the frame's serialisation, 250 ns of wire and 500 ns of the switch at
   * its end, for the request and for the reply. A leaf and a spine are 2 links more than one
   * switch, a fat-tree 4.
   */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "{leaf-spine: {leaves: 4, spines: 2}} | 2 | 100",
      "{leaf-spine: {leaves: 4, spines: 2, uplink: 10Gbps}} | 2 | 10",
      "{fat-tree: {k: 4}} | 4 | 100",
      "{fat-tree: {k: 4, uplink: 400Gbps}} | 4 | 400",
      "{rail-optimised: {spines: 3}} | 0 | 100",
  })
  void eachFurtherLinkTakesItsSerialisationItsWireAndItsSwitch(
      String fabric, int links, long gigabits) {
    long eachPs =
        Link.serialisationPs(frameBytes(), gigabits * 1_000_000_000) + 250_000 + 500_000;

    for (String engine : List.of("packet", "flow")) {
      assertThat(runPs(engine, fabric) - runPs(engine, "single")).as(engine)
          .isEqualTo(TRANSACTIONS * 2 * links * eachPs);
    }
  }

  /** The link between two sites is one more than a switch has: 5 ms, 10 Gb/s, 500 ns, both ways. */
  @Test
  void aLinkBetweenSitesTakesItsOwnTime() {
    long eachPs = Link.serialisationPs(frameBytes(), 10_000_000_000L) + 5_000_000_000L + 500_000;

    for (String engine : List.of("packet", "flow")) {
      long apartPs = runPs(engine, "{two-sites: {wan: 10Gbps, wan-delay: 5ms}}");
      assertThat(apartPs - runPs(engine, "single")).as(engine).isEqualTo(TRANSACTIONS * 2 * eachPs);
    }
  }

  /**
   * Four streams at 10 Gb/s from one leaf to the other over one uplink of 10 Gb/s: a quarter each.
   */
  @Test
  void hostsBehindOneUplinkShareIt() {
    String text =
        """
            experiment: shared
            cluster: {hosts: 16, nic: 10Gbps, fabric: {leaf-spine: {leaves: 2, spines: 1}}}
            network: {cni: sriov}
            placement: {a: host0, b: host1, c: host2, d: host3, e: host8, f: host9, g: host10, h: host11}
            engine: flow
            tenants:
              blue:
                jobs:
                  - stream: {from: a, to: e, bytes: 100MB}
                  - stream: {from: b, to: f, bytes: 100MB}
                  - stream: {from: c, to: g, bytes: 100MB}
                  - stream: {from: d, to: h, bytes: 100MB}
            """;
    List<Outcome> outcomes = Scenarios.outcomes(Scenarios.ofText(folder, text));

    List<Double> together =
        outcomes.stream()
            .filter(o -> o.metric() == Metric.THROUGHPUT && !o.alone())
            .map(Outcome::median)
            .toList();
    List<Double> alone =
        outcomes.stream()
            .filter(o -> o.metric() == Metric.THROUGHPUT && o.alone())
            .map(Outcome::median)
            .toList();
    assertThat(together).hasSize(4);
    for (int i = 0; i < together.size(); i++) {
      assertThat(together.get(i)).isCloseTo(alone.get(i) / 4, within(0.001 * alone.get(i)));
    }
  }

  /** Payload, headers, and what Ethernet adds. */
  private long frameBytes() {
    Network network =
        new Wiring(Scenarios.ofText(folder, SCENARIO).points().getFirst()).network();
    return BYTES + network.frameOverheadBytes();
  }

  /** Until the last reply has been read. */
  private long runPs(String engine, String fabric) {
    String text = SCENARIO.replace("fabric: single", "fabric: " + fabric);
    return Scenarios.play(Scenarios.ofText(folder, text, "engine=" + engine))
        .getFirst()
        .simulatedPs();
  }
}
