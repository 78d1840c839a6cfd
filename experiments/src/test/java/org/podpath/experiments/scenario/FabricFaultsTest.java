package org.podpath.experiments.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a cluster's fabric, ports and routing, and what to write instead. */
class FabricFaultsTest {
  @TempDir
  Path folder;

  /** Each row stands for {@code {hosts: 2}} on line 2 of the small scenario. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "{cores: 8} | hosts: not written, and the fabric has room for any number; write 'hosts: …'",
      "{fabric: {fat-tree: {k: 64, oversubscription: 2}}} | hosts: not written, and the fabric has"
          + " room for 131072; write 'hosts: …' of at most 65536",
      "{hosts: 20, fabric: {leaf-spine: {leaves: 2, spines: 1, hosts-per-leaf: 8}}} | hosts: 20 do"
          + " not fit: 2 leaves of 8 hosts take 16; write at most that, or a larger fabric",
      "{hosts: 17, fabric: {fat-tree: {k: 4}}} | hosts: 17 do not fit: 8 edge switches (k²/2) of 2"
          + " hosts take 16; write at most that, or a larger fabric",
      "{hosts: 7, fabric: {two-sites: {site: {leaf-spine: {leaves: 1, spines: 1, hosts-per-leaf:"
          + " 3}}, wan: 1Gbps, wan-delay: 1ms}}} | hosts: 7 do not fit: 2 sites, each 1 leaf of 3"
          + " hosts, take 6; write at most that, or a larger fabric",
      "{hosts: 2, fabric: leaf} | fabric: found 'leaf'; write one of [single] or a map with one of"
          + " the keys [leaf-spine, fat-tree, rail-optimised, two-sites, file]",
      "{hosts: 2, fabric: {leaf-spin: {}}} | unknown key 'leaf-spin' (leaf-spine, fat-tree,"
          + " rail-optimised, two-sites, file); write 'leaf-spine'",
      "{hosts: 2, fabric: {leaf-spine: {leaves: 2}}} | missing key 'spines'; write 'spines: …'"
          + " (Spine switches: so many ways lead from leaf to leaf.)",
      "{hosts: 2, fabric: {leaf-spine: {leaves: 0, spines: 1}}} | leaves: '0' is not a whole number"
          + " from 1 to 2048; write one",
      "{hosts: 2, fabric: {leaf-spine: {leaves: 1, spines: 1, uplink: 0Gbps}}} | uplink: '0Gbps' is"
          + " too small; write at least 1Mbps",
      "{hosts: 2, fabric: {fat-tree: {k: 5}}} | k: 5 ports have no half; write 4 or 6",
      "{hosts: 2, fabric: {fat-tree: {k: 4, oversubscription: 1.2}}} | oversubscription: 1.2 times"
          + " 2 (k/2) hosts on an edge switch is 2.4; write a ratio that makes it a whole number"
          + " above 0",
      "{hosts: 2, fabric: {fat-tree: {k: 4, oversubscription: 0}}} | oversubscription: 0.0 times 2"
          + " (k/2) hosts on an edge switch is 0.0; write a ratio that makes it a whole number"
          + " above 0",
      "{hosts: 2, gpus: 0, fabric: {rail-optimised: {spines: 1}}} | rail-optimised: as many rails"
          + " as GPUs are none; write rails: …, or gpus: … above 0",
      "{hosts: 2, fabric: {two-sites: {wan: 1Gbps}}} | missing key 'wan-delay'; write 'wan-delay:"
          + " …' (Time that a bit takes along it.)",
      "{hosts: 2, fabric: {two-sites: {site: {fat-tree: {k: 4}}, wan: 1Gbps, wan-delay: 1ms}}} |"
          + " unknown key 'fat-tree' (leaf-spine); write one of these",
      "{hosts: 2, link-delay: 1us, cable-length: 3m} | cable-length: link-delay says already how"
          + " long a bit takes; write one of the two",
      "{hosts: 2, routing: random} | routing: 'random' is not known; write one of"
          + " [ecmp, flowlet, spray]",
      "{hosts: 2, flowlet-gap: 0s} | flowlet-gap: '0s' is too small; write at least 1ps",
      "{hosts: 2, ports: {buffer: 0B}} | buffer: '0B' is too small; write at least 1B",
      "{hosts: 2, ports: {shared: 1}} | shared: an endless buffer is not shared; write buffer: …,"
          + " or none",
      "{hosts: 2, ports: {buffer: 1MB, shared: 0}} | shared: ports that hold 0 times what is free"
          + " take no packet; write a number above 0, such as 1, or none",
      "{hosts: 2, ports: {buffer: 1MB, ecn: {step: 2MB}}} | step: 2000000 bytes never wait in a"
          + " buffer of 1000000; write at most 1000000B",
      "{hosts: 2, ports: {buffer: 1MB, ecn: {red: {low: 1kB, high: 2MB}}}} | high: 2000000 bytes"
          + " never wait in a buffer of 1000000; write at most 1000000B",
      "{hosts: 2, ports: {ecn: {red: {low: 2kB, high: 1kB}}}} | high: 1000 bytes are below low;"
          + " write at least 2000B",
      "{hosts: 2, ports: {ecn: {red: {low: 1kB, high: 2kB, most: 1.5}}}} | most: '1.5' is not a"
          + " number from 0 to 1; write one, such as 0.5",
      "{hosts: 2, ports: {ecn: 100kB}} | ecn: found '100kB'; write a map with one of the keys"
          + " [step, red, random]",
      "{hosts: 2, ports: {ecn: {random: 1.5}}} | random: '1.5' is not a number from 0 to 1; write"
          + " one, such as 0.5",
      "{hosts: 2, ports: {buffer: 1MB, pause: {from: 2MB, to: 1MB}}} | from: 2000000 bytes never"
          + " wait in a buffer of 1000000; write at most 1000000B",
      "{hosts: 2, ports: {buffer: 1MB, pause: {from: 900kB, to: 1kB, headroom: 200kB}}} | headroom:"
          + " 200000 bytes on top of from (900000) do not fit into a buffer of 1000000; write a buffer"
          + " of at least 1100000B",
      "{hosts: 2, ports: {buffer: 1MB, shared: 1, pause: {from: 2kB, to: 1kB}}} | shared: with pause"
          + " each link has its part of a switch's buffer; write shared: none, and as buffer what is"
          + " left for a link",
      "{hosts: 2, ports: {pause: {from: 1kB, to: 2kB}}} | to: 2000 bytes are above from; write at"
          + " most 1000B",
      "{hosts: 2, ports: {scheduling: lifo}} | scheduling: found 'lifo'; write one of [fifo,"
          + " strict] or a map with one of the keys [round-robin]",
      "{hosts: 2, ports: {scheduling: {round-robin: [1kB, 1kB]}}} | round-robin: classes 0 to 7"
          + " have a quantum each, from 1B to 1GB; write 8 of them",
      "{hosts: 2, fabric: {file: clos.yaml}} | file: no file 'clos.yaml' to read; write the name of"
          + " a topology file beside the scenario",
      "{hosts: 2, fabric: {file: .}} | file: no file '.' to read; write the name of"
          + " a topology file beside the scenario",
  })
  void aFaultIsReportedAtItsLine(String cluster, String fault) {
    String text = Scenarios.SMALL.replace("{hosts: 2}", cluster);

    assertThat(Scenarios.faults(folder, text))
        .singleElement()
        .asString()
        .isEqualTo("x.yaml:2: " + fault);
  }

  @Test
  void theFlowEngineMovesAFlowAlongOneWay() {
    String text = Scenarios.SMALL.replace("{hosts: 2}", "{hosts: 2, routing: spray}");

    assertThat(Scenarios.faults(folder, text + "engine: flow\n")).containsExactly(
        "x.yaml:2: routing: the flow engine moves a flow along one way; write ecmp, or engine:"
            + " packet");
  }

  @Test
  void everyFaultOfPortsIsReportedAtItsLine() {
    String text = Scenarios.SMALL.replace("{hosts: 2}", """
        {hosts: 2,
          ports: {
            buffer: 1MB,
            shared: 1,
            pause: {from: 2MB,
              to: 1MB}}}""");

    assertThat(Scenarios.faults(folder, text)).containsExactly(
        "x.yaml:5: shared: with pause each link has its part of a switch's buffer; write shared: none,"
            + " and as buffer what is left for a link",
        "x.yaml:6: from: 2000000 bytes never wait in a buffer of 1000000; write at most 1000000B");
  }
}
