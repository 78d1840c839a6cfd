package org.podpath.experiments.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.experiments.WrongInput;

class ScenarioFaultsTest {
  @TempDir
  Path folder;

  /** Each row replaces the line of that number of the small scenario; 6 comes after it. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "1 | experiment: ../up | experiment: '../up' does not name a folder; write letters, digits,"
          + " '-', '_' and '.', the first a letter or digit",
      "1 | seed: 1 | missing key 'experiment'; write 'experiment: …' (Name of the experiment and of"
          + " its folder of results.)",
      "2 | cluster: {hosts: 0} | hosts: '0' is not a whole number from 1 to 65536; write one",
      "2 | cluster: {hosts: 2, core: 4} | unknown key 'core' (hosts, cores, gpus, profile, costs,"
          + " machine, nic, mtu, receive, queues, irq-cpus, rps-cpus, smt, numa-nodes, llc, pin, fabric, link-delay,"
          + " cable-length, switch-latency,"
          + " ports, routing, flowlet-gap); write 'cores'",
      "2 | cluster: {hosts: 2, speed: 4} | unknown key 'speed' (hosts, cores, gpus, profile, costs,"
          + " machine, nic, mtu, receive, queues, irq-cpus, rps-cpus, smt, numa-nodes, llc, pin, fabric, link-delay,"
          + " cable-length, switch-latency,"
          + " ports, routing, flowlet-gap); write one of these",
      "2 | cluster: {hosts: 2, nic: 100} | nic: '100' is not a rate; write a number and one of"
          + " [bps, kbps, Mbps, Gbps, Tbps]",
      "2 | cluster: {hosts: 2, nic: 0Gbps} | nic: '0Gbps' is too small; write at least 1Mbps",
      "2 | cluster: {hosts: 2, profile: reef} | profile: unknown profile 'reef'; write 'ref', or one"
          + " of [ref, seed10g]",
      "2 | cluster: {hosts: 2, cores: 4, queues: 5} | queues: 5 queues on 4 CPUs; write at most 4",
      "2 | cluster: {hosts: 2, irq-cpus: [0, 8]} | irq-cpus: no CPU 8 on a host of 8; write a"
          + " number from 0 to 7",
      "2 | cluster: {hosts: 2, cores: 6, numa-nodes: 4} | numa-nodes: 4 nodes cannot share 6 cores"
          + " equally; write a divisor of them",
      "2 | cluster: {hosts: 2, irq-cpus: []} | irq-cpus: empty; write at least 1",
      "2 | cluster: {hosts: 2, irq-cpus: [x]} | irq-cpus: 'x' is not a whole number from 0 to"
          + " 2147483647; write one",
      "2 | cluster: {hosts: 2, irq-cpus: [1], queues: 1} | irq-cpus: queues says already how many there"
          + " are; write one of the two",
      "2 | cluster: {hosts: 2, irq-cpus: [1], receive: pod-core} | irq-cpus: interrupts come to the pods'"
          + " CPUs; write receive: rss, or leave it out",
      "2 | cluster: {hosts: 2, rps-cpus: [0, 8]} | rps-cpus: no CPU 8 on a host of 8; write a"
          + " number from 0 to 7",
      "2 | cluster: {hosts: 2, rps-cpus: []} | rps-cpus: empty; write at least 1",
      "2 | cluster: {hosts: 2, rps-cpus: [x]} | rps-cpus: 'x' is not a whole number from 0 to"
          + " 2147483647; write one",
      "2 | cluster: {hosts: 2, rps-cpus: [1], receive: pod-core} | rps-cpus: the pods' CPUs take what"
          + " arrives; write receive: rss, or leave it out",
      "2 | cluster: {hosts: 2, pin: {c: {tx: 0, rx: 1}}} | c: no job names a pod 'c'; write one of"
          + " [a, b]",
      "2 | cluster: {hosts: 2, pin: {a: {tx: 0, rx: 8}}} | rx: no CPU 8 on a host of 8; write a"
          + " number from 0 to 7",
      "2 | cluster: {hosts: 2, pin: {a: {tx: 0}}} | missing key 'rx'; write 'rx: …' (CPU that"
          + " receives.)",
      "3 | network: {cni: celium} | cni: unknown network 'celium'; write 'cilium', or one of"
          + " [host, flannel, cilium]",
      "3 | network: {cni: x} | cni: unknown network 'x'; write one of [host, flannel, cilium]",
      "3 | network: cilium | network: found 'cilium'; write a map with some of the keys"
          + " [cni, path, encapsulation, encryption, underlay, pod-mtu, gso, pollers, transport, rules, conntrack]",
      "3 | network: {cni: cilium, conntrack: {max: 5, entries: 6}} | entries: 6 connections do not fit;"
          + " write at most 5",
      "3 | network: {cni: cilium, conntrack: {max: 0}} | max: '0' is not a whole number from 1 to"
          + " 1000000000; write one",
      "3 | network: {cni: cilium, underlay: gree} | underlay: 'gree' is not known; write one of"
          + " [none, vlan, gre, vxlan, flat]",
      "5 | `  blue: {}` | missing key 'jobs'; write 'jobs: …' (What the tenant does, all at once.)",
      "5 | `  blue: {jobs: []}` | jobs: empty; write at least 1",
      "5 | `  blue: {jobs: [{strem: {}}]}` | unknown key 'strem' (stream, request-response,"
          + " datagrams, train, serve, all-reduce, incast); write 'stream'",
      "5 | `  blue: {jobs: [{stream: {from: a, to: a, bytes: 1B}}]}` | to: 'a' is the sender itself;"
          + " write another pod",
      "5 | `  blue: {jobs: [{stream: {from: a, to: b}}]}` | a stream with neither bytes nor"
          + " duration; write one of them",
      "5 | `  blue: {jobs: [{stream: {from: a, to: b, bytes: 1B, duration: 1s}}]}` | a stream with"
          + " both bytes and duration; write one of them",
      "5 | `  blue: {jobs: [{stream: {from: a, to: b.c, bytes: 1B}}]}` | to: 'b.c' is not a name;"
          + " write letters, digits, '-' and '_', the first a letter or digit",
      "5 | `  b.c: {jobs: [{stream: {from: a, to: b, bytes: 1B}}]}` | b.c: 'b.c' is not a name;"
          + " write letters, digits, '-' and '_', the first a letter or digit",
      "6 | `  red: {jobs: [{stream: {from: c, to: a, bytes: 1B}}]}` | to: pod 'a' is already one of"
          + " tenant 'blue'; write another name",
      "6 | placement: sprad | placement: found 'sprad'; write one of [spread, packed] or a map",
      "6 | placement: {a: host0} | placement: no host for [b]; write one for every pod",
      "6 | placement: {a: host0, b: host2} | b: no host 'host2'; write one of [host0, …, host1]",
      "6 | placement: {a: host0, b: h1} | b: no host 'h1'; write one of [host0, …, host1]",
      "6 | placement: {a: host0, b: host1, c: host1} | c: no job names a pod 'c'; write one of"
          + " [a, b]",
      "6 | measured: none.csv | measured: no file 'none.csv' to read; write the name of a CSV file"
          + " beside the scenario",
      "6 | engine: fast | engine: 'fast' is not known; write one of [packet, flow]",
      "6 | duration: 0s | duration: '0s' is too small; write at least 1ps",
      "6 | repeat: 0 | repeat: '0' is not a whole number from 1 to 100000; write one",
      "6 | seed: 1.5 | seed: '1.5' is not a whole number from 0 to 9223372036854775807; write one",
      "6 | gpus: 4 | unknown key 'gpus' (experiment, seed, engine, duration, window, cluster, network,"
          + " placement, tenants, repeat, measured, capture, sweep); write one of these",
      "6 | capture: {frames: 0} | frames: '0' is not a whole number from 1 to 10000000; write one",
      "6 | capture: {links: []} | links: empty; write at least 1",
      "6 | capture: {links: [a, b, a]} | links: 'a' stands there twice; write it once",
      "6 | capture: {snaplen: 0B} | snaplen: '0B' is too small; write at least 1B",
      "6 | capture: {file: ../up.pcapng} | file: '../up.pcapng' does not name a capture; write"
          + " letters, digits, '-', '_' and '.', the first a letter or digit, and .pcapng at the"
          + " end",
      "6 | capture: {file: frames.pcap} | file: 'frames.pcap' does not name a capture; write"
          + " letters, digits, '-', '_' and '.', the first a letter or digit, and .pcapng at the"
          + " end",
  })
  void aFaultIsReportedAtItsLine(int number, String line, String fault) {
    List<String> lines = new ArrayList<>(Scenarios.SMALL.lines().toList());
    lines.add("");
    lines.set(number - 1, line);

    assertThat(Scenarios.faults(folder, String.join("\n", lines)))
        .containsExactly("x.yaml:" + number + ": " + fault);
  }

  @Test
  void onlyThePacketEngineHasFramesToCapture() {
    assertThat(Scenarios.faults(folder, Scenarios.SMALL + "engine: flow\ncapture: {}\n"))
        .containsExactly(
            "x.yaml:7: capture: the flow engine plays no packets; write 'engine: packet', or"
                + " leave 'capture' out");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "0 | with 0 cores threads get next to nothing; write at least 0.001, or leave it out",
      "0.0001 | with 0.0001 cores threads get next to nothing; write at least 0.001, or leave it"
          + " out",
      "-1 | '-1' is not a number from 0 to 1000000; write one, such as 0.5",
      ".inf | '.inf' is not a number from 0 to 1000000; write one, such as 0.5",
      ".nan | '.nan' is not a number from 0 to 1000000; write one, such as 0.5"
  })
  void aQuotaLeavesSomeTime(String quota, String fault) {
    assertThat(Scenarios.faults(folder, quota(quota))).containsExactly("x.yaml:5: quota: " + fault);
  }

  @Test
  void aWorkingSetNeedsACache() {
    String text = Scenarios.SMALL.replace("{jobs:", "{working-set: 1MiB, jobs:");

    assertThat(Scenarios.faults(folder, text))
        .containsExactly(
            "x.yaml:5: working-set: nothing says how large the cache is; write cluster: {llc: …}, or"
                + " leave it out");
  }

  @Test
  void aTenantStartsWhileTheRunLasts() {
    String text =
        "duration: 2s\n" + Scenarios.SMALL.replace("{jobs:", "{start: 2s, jobs:");

    assertThat(Scenarios.faults(folder, text))
        .containsExactly(
            "x.yaml:6: start: the run is over by then; write an earlier time, or a longer"
                + " duration");
  }

  @Test
  void aPathOfOnesOwnHasNoRulesForPodsThatCome() {
    String text =
        Scenarios.SMALL.replace(
            "{cni: cilium}", "{path: {send: [route], receive: [route]}, rules: {churn: 1/s}}");

    assertThat(Scenarios.faults(folder, text))
        .containsExactly(
            "x.yaml:3: rules: a path has the rules that it spells; write {rules: {count: …}} in"
                + " it");
  }

  @Test
  void podsThatComeAndGoDoSoAtSomeRate() {
    String text = Scenarios.SMALL.replace("{cni: cilium}", "{cni: cilium, rules: {churn: 0/s}}");

    assertThat(Scenarios.faults(folder, text))
        .singleElement()
        .asString()
        .startsWith("x.yaml:3: churn: ");
  }

  private static String quota(String cores) {
    return Scenarios.SMALL.replace("{jobs:", "{quota: " + cores + ", jobs:");
  }

  @Test
  void packedPodsHaveToFit() {
    String text = Scenarios.SMALL.replace("{hosts: 2}", "{hosts: 1, cores: 2}");

    assertThat(Scenarios.faults(folder, text + "placement: packed\n")).containsExactly(
        "x.yaml:6: placement: job blue/0 does not fit even alone: it needs 2 pairs of cores,"
            + " 1 of 1 is free; write 'spread', or more hosts or cores");
  }

  @Test
  void thePodMtuIsAtMostTheMtuOfTheWire() {
    String text = Scenarios.SMALL.replace("{hosts: 2}", "{hosts: 2, mtu: 1500}")
        .replace("{cni: cilium}", "{cni: cilium, pod-mtu: 9000}");

    assertThat(Scenarios.faults(folder, text)).containsExactly(
        "x.yaml:3: pod-mtu: 9000 bytes are more than the wire takes; write at most 1500");
  }

  @Test
  void faultsOfEveryKindAreReportedTogether() {
    String text = """
        experiment: small
        cluster: {hosts: two}
        network: {cni: celium}
        seed: 1
        seed: 2
        """;

    assertThat(Scenarios.faults(folder, text)).containsExactly(
        "x.yaml:1: missing key 'tenants'; write 'tenants: …' (Who shares the cluster, by name.)",
        "x.yaml:2: hosts: 'two' is not a whole number from 1 to 65536; write one",
        "x.yaml:3: cni: unknown network 'celium'; write 'cilium', or one of"
            + " [host, flannel, cilium]",
        "x.yaml:5: repeated key 'seed', first at x.yaml:4; write it once");
  }

  @Test
  void aFileThatIsNotThereIsAFault() {
    assertThat(faultsOf(folder.resolve("none.yaml")))
        .containsExactly(
            folder.resolve("none.yaml") + ": no such file; write the path of a scenario");
  }

  @Test
  void aFolderIsAFault() {
    assertThat(faultsOf(folder))
        .containsExactly(folder + ": a folder; write the path of a scenario");
  }

  @Test
  void bytesThatAreNotTextAreAFault() throws IOException {
    Path file = Files.write(folder.resolve("x"), new byte[] {(byte) 0xC3, (byte) 0x28});

    assertThat(faultsOf(file))
        .containsExactly(file + ": not UTF-8 text; write the path of a scenario");
  }

  @Test
  void aFileTooLargeForAScenarioIsAFault() throws IOException {
    Path file = Files.write(folder.resolve("x"), new byte[4_000_001]);

    assertThat(faultsOf(file))
        .containsExactly(file + ": more than 4000000 bytes; write a smaller scenario");
  }

  @Test
  void aFileThatIsOneWordIsAFault() {
    assertThat(Scenarios.faults(folder, "hello\n"))
        .containsExactly("x.yaml:1: not a scenario; write 'key: value' lines");
  }

  private static List<String> faultsOf(Path file) {
    return catchThrowableOfType(
        WrongInput.class, () -> ScenarioReader.read(file, List.of(), Scenarios.KNOWN)).lines();
  }
}
