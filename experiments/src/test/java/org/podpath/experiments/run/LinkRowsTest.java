package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.podpath.experiments.scenario.Experiment;
import org.podpath.experiments.tables.FlowRow;
import org.podpath.experiments.tables.LinkRow;

/** What the tables say of links and of what was sent twice. */
class LinkRowsTest {
  private static final String SCENARIO = """
      experiment: links
      cluster: {hosts: 2, profile: ref, nic: 10Gbps, mtu: 1500}
      network: {cni: none}
      placement: {a: host0, b: host1}
      tenants: {blue: {jobs: [stream: {from: a, to: b, bytes: 1448000B}]}}
      """;

  @TempDir
  private Path folder;

  /** 1,000 segments of 1,448 bytes, 90 more on the wire: 52 of TCP/IP, 38 of Ethernet. */
  @Test
  void aLinkIsThereWithWhatItCarried() {
    LinkRow up = link(SCENARIO, "host0.up");

    assertThat(up.txBytes()).isEqualTo(1000 * 1538);
    assertThat(up.windowStartNs()).isZero();
    // 1,538,000 bytes take 0.8 ns each
    assertThat(up.utilisationRatio()).isEqualTo(1_230_400.0 / up.windowNs(), within(1e-3));
    assertThat(up.utilisationRatio()).isBetween(0.9, 1.0);
    assertThat(up.drops() + up.ecnMarks() + up.pfcPauseNs()).isZero();
  }

  @Test
  void onlyLinksThatWereUsedAreThere() {
    assertThat(rows(SCENARIO, LinkRow.class)).extracting(LinkRow::link)
        .containsExactly("host0.up", "host1.up", "host0.down", "host1.down");
    assertThat(rows(SCENARIO.replace("hosts: 2", "hosts: 3"), LinkRow.class))
        .extracting(LinkRow::link)
        .containsExactly("host0.up", "host1.up", "host0.down", "host1.down");
  }

  @Test
  void theFlowEngineKnowsLoadsButNoPortsAndNoRetransmissions() {
    String text = SCENARIO + "engine: flow\n";

    assertThat(link(text, "host0.up").txBytes()).isEqualTo(1000 * 1538);
    assertThat(rows(text, LinkRow.class)).extracting(LinkRow::queueBytesMax).containsOnly(0L);
    assertThat(rows(text, FlowRow.class)).extracting(FlowRow::retransmits).containsOnlyNulls();
  }

  /** Ten times as fast in as out, with room for twenty frames. */
  @Test
  void whatAPortDroppedWasSentAgain() {
    String text =
        SCENARIO.replace("mtu: 1500",
            "mtu: 1500, ports: {buffer: 30760B}, fabric: {two-sites: {wan: 1Gbps, wan-delay:"
                + " 1us}}");
    long drops = rows(text, LinkRow.class).stream().mapToLong(LinkRow::drops).sum();
    List<FlowRow> flows = rows(text, FlowRow.class);

    assertThat(drops).isPositive();
    assertThat(flows).singleElement().satisfies(flow -> {
      assertThat(flow.bytes()).isEqualTo(1_448_000);
      assertThat(flow.retransmits()).isGreaterThanOrEqualTo(drops);
    });
  }

  @Test
  void marksAndPausesAreCounted() {
    String text =
        SCENARIO.replace("cni: none", "cni: none, transport: dctcp")
            .replace("mtu: 1500",
                "mtu: 1500, fabric: {two-sites: {wan: 1Gbps, wan-delay: 1us}}, ports: {ecn: {step:"
                    + " 15kB}, pause: {from: 20kB, to: 10kB}}");

    List<LinkRow> links = rows(text, LinkRow.class);

    assertThat(links).anyMatch(link -> link.ecnMarks() > 0);
    assertThat(links).anyMatch(link -> link.pfcPauseNs() > 0);
    assertThat(links).allMatch(link -> link.drops() == 0);
    assertThat(links).anyMatch(link -> link.queueBytesMax() >= 15_000);
  }

  private LinkRow link(String text, String name) {
    return rows(text, LinkRow.class).stream()
        .filter(link -> link.link().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private <R extends Record> List<R> rows(String text, Class<R> kind) {
    Experiment experiment = Scenarios.ofText(folder, text);
    RunResult result = Scenarios.play(experiment).getFirst();
    List<Record> rows = new ArrayList<>();
    new RunRows(experiment, ThisProgram.here()).of(result, List.of(), rows::add);
    return rows.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static org.assertj.core.data.Offset<Double> within(double offset) {
    return org.assertj.core.data.Offset.offset(offset);
  }
}
