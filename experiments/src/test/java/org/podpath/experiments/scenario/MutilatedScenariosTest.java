package org.podpath.experiments.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.podpath.experiments.WrongInput;

class MutilatedScenariosTest {
  private static final String WHOLE = """
      experiment: all
      duration: 12.5s
      cluster:
        hosts: 2
        nic: 10Gbps
        pin: {a: &p {tx: 0, rx: 1}, b: *p}
        fabric: {two-sites: {site: {leaf-spine: {leaves: 2, spines: 1}}, wan: 1Gbps,
          wan-delay: 1ms}}
        cable-length: 30m
        ports: {buffer: 1MB, shared: none, ecn: {red: {low: 1kB, high: 9kB}},
          pause: {from: 9kB, to: 1kB},
          scheduling: {round-robin: [1kB, 1kB, 1kB, 1kB, 1kB, 1kB, 1kB, 1kB]}}
        routing: flowlet
      network:
        cni: cilium
        underlay: gre
        rules: {services: 5, walk: every-packet}
      capture: {links: [host0.up], frames: 10, snaplen: 96B, file: x.pcapng}
      placement:
        {a: host1, b: host0, red-train-0: host0, red-train-1: host1, red-server-0: host0,
         red-client-0: host1}
      tenants:
        blue:
          jobs:
            - stream: {from: a, to: b, flows: 8, duration: 20ms}
            - request-response: {from: a, to: b}
        red:
          jobs:
            - train: {model: gpt2-xl, compute: 2s, ranks: 2, collective: tree, overlap: buckets}
            - serve: {rate: 8000/s, request: 4KiB, reply: 16KiB, service: 200us, arrivals: bursty}
      sweep:
        network.cni: [cilium, host]
        case: {x: {}, y: {placement.a: host0, cluster.cores: 4}}
      """;
  private static final List<String> PIECES = List.of(
      "", " ", "\n", "\n  ", ":", ": ", "- ", "{", "}", "[", "]", ",", "&p ", "*p", "'", "\"", "#",
      "~", "\t", "0", "-1", "99999999999999999999", "default", "!!x ", "---\n", "%", "é", "\u0000");

  @TempDir
  Path folder;

  /** One to three places of a good scenario are cut out or overwritten with what YAML reacts to. */
  @Test
  void everyOneIsReadOrRefusedInLinesOfTheUsualForm() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);

    for (int i = 0; i < 3_000; i++) {
      String text = mutilated(random);
      try {
        assertThat(Scenarios.read(folder, text).points()).isNotEmpty();
      } catch (WrongInput wrong) {
        assertThat(wrong.lines()).as(text)
            .allMatch(line -> line.matches("(\\S*x\\.yaml(:\\d+)?|--set \\S+): .+; .+|… and .*"));
      }
    }
  }

  private static String mutilated(RandomGenerator random) {
    StringBuilder text = new StringBuilder(WHOLE);
    for (int cuts = 1 + random.nextInt(3); cuts > 0; cuts--) {
      int from = random.nextInt(text.length());
      int to = Math.min(text.length(), from + random.nextInt(8));
      text.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }
}
