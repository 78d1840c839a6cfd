package org.podpath.experiments.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobFaultsTest {
  /** The job of blue is on line 6. */
  private static final String OPENING = """
      experiment: jobs
      cluster: {hosts: 2}
      network: {cni: cilium}
      tenants:
        blue: {jobs: [
      """;
  private static final String SERVE = "rate: 1/s, reply: 1B, service: 1us, requests: 1";

  @TempDir
  Path folder;

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "model: resnet50, ranks: 9, steps: 1 | ranks: 9 pods need a GPU each, and 2 hosts have 8;"
          + " write fewer, or more hosts or GPUs",
      "model: resnet50, ranks: 1, steps: 1 | ranks: a rank alone has nobody to share with; write at"
          + " least 2",
      "model: resnet50, ranks: 0, steps: 1 | ranks: '0' is not a whole number from 1 to 65536;"
          + " write one",
      "model: resnet51, ranks: 2, steps: 1 | model: unknown model 'resnet51'; write 'resnet50', or"
          + " one of [resnet50, resnet50-v100-fp32, resnet50-a100, bert-large, bert-large-a100,"
          + " gpt2-xl, llama-7b]",
      "ranks: 2, steps: 1 | model: neither a model nor bytes with compute; write model: resnet50,"
          + " or both bytes and compute",
      "ranks: 2, bytes: 1MB, steps: 1 | model: neither a model nor bytes with compute; write"
          + " model: resnet50, or both bytes and compute",
      "model: resnet50, bytes: 1MB, ranks: 2, steps: 1 | bytes: model: resnet50 says it already;"
          + " write one of them",
      "model: gpt2-xl, ranks: 2, steps: 1 | compute: no source says how long gpt2-xl computes;"
          + " write compute: … beside model",
      "model: resnet50, ranks: 2, servers: 1, steps: 1 | servers: only parameter-server has"
          + " servers; write parameter-server, or drop them",
      "model: resnet50, ranks: 2, synchronous: false, steps: 1 | synchronous: only ranks with"
          + " parameter servers need not wait; write true, or collective: parameter-server",
      "model: resnet50, ranks: 2, collective: parameter-server, overlap: buckets, steps: 1 |"
          + " overlap: buckets do not go with parameter-server; write none, or another collective",
      "model: resnet50, ranks: 2, bucket: 1MB, steps: 1 | bucket: nothing is sent in buckets; write"
          + " overlap: buckets too, or drop it",
      "model: resnet50, ranks: 2, steps: 0 | steps: '0' is not a whole number from 1 to 1000000000;"
          + " write one",
      "model: resnet50, ranks: 2 | train: neither steps nor a duration of the run ends it; write"
          + " steps, or duration for the whole scenario",
      "model: resnet50, ranks: 2, colective: ring, steps: 1 | unknown key 'colective' (ranks, model,"
          + " bytes, compute, collective, servers, synchronous, overlap, bucket, steps, variation);"
          + " write 'collective'",
      "model: resnet50, ranks: 2, collective: star, steps: 1 | collective: 'star' is not known;"
          + " write one of [ring, halving-doubling, tree, hierarchical, parameter-server]",
      "model: resnet50, ranks: 4, collective: hierarchical, steps: 1 | collective: hierarchical"
          + " ranks stand in equal groups, one host after the other; write 'placement: packed' and"
          + " ranks that fill their hosts",
  })
  void aFaultOfATrainingIsReportedAtItsLine(String train, String fault) {
    assertThat(faults("train: {" + train + "}")).containsExactly("x.yaml:6: " + fault);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "request: 0B, " + SERVE + " | request: '0B' is too small; write at least 1B",
      "request: 1B, servers: 9, " + SERVE + " | servers: 9 pods need a GPU each, and 2 hosts have"
          + " 8; write fewer, or more hosts or GPUs",
      "request: 1B, reply: 1B, service: 1us, requests: 1, rate: 8000 | rate: '8000' is not a"
          + " frequency; write a number and one of [/h, /min, /s]",
      "request: 1B, reply: 1B, service: 1us, requests: 1, rate: 0/s | rate: '0/s' is too small;"
          + " write at least 1/h",
      "request: 1B, reply: 1B, service: 1us, rate: 1/s | serve: neither requests nor a duration of"
          + " the run ends it; write requests, or duration for the whole scenario",
      "request: 1B, arrivals: uniform, " + SERVE + " | arrivals: 'uniform' is not known; write one"
          + " of [poisson, bursty]",
  })
  void aFaultOfServingIsReportedAtItsLine(String serve, String fault) {
    assertThat(faults("serve: {" + serve + "}")).containsExactly("x.yaml:6: " + fault);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "ranks: 1, bytes: 1MB | ranks: a rank alone has nobody to share with; write at least 2",
      "ranks: 1, bytes: 1MB, algorithm: parameter-server | ranks: a rank alone has nobody to share"
          + " with; write at least 2",
      "ranks: 9, bytes: 1MB | ranks: 9 pods need a GPU each, and 2 hosts have 8; write fewer, or"
          + " more hosts or GPUs",
      "ranks: 2, bytes: 1MB, servers: 2 | servers: only parameter-server has servers; write"
          + " parameter-server, or drop them",
  })
  void aFaultOfAnAllReduceIsReportedAtItsLine(String reduce, String fault) {
    assertThat(faults("all-reduce: {" + reduce + "}")).containsExactly("x.yaml:6: " + fault);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "senders: 0, bytes: 1kB | senders: '0' is not a whole number from 1 to 65536; write one",
      "senders: 1, bytes: 0B | bytes: '0B' is too small; write at least 1B",
      "senders: 1, bytes: 1kB, rounds: 0 | rounds: '0' is not a whole number from 1 to 1000000000;"
          + " write one",
      "bytes: 1kB | missing key 'senders'; write 'senders: …' (Senders, each a pod; the receiver"
          + " is a pod too, placed before them.)",
  })
  void aFaultOfAnIncastIsReportedAtItsLine(String incast, String fault) {
    assertThat(faults("incast: {" + incast + "}")).containsExactly("x.yaml:6: " + fault);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "to: a, size: 1kB, rate: 1Gbps, bytes: 1MB | to: 'a' is the sender itself; write another pod",
      "to: b, size: 1kB, bytes: 1MB, arrivals: poisson | arrivals: poisson arrivals have a mean rate;"
          + " write rate or packets",
      "to: b, size: 1kB, rate: 1Gbps, packets: 1/s, bytes: 1MB | packets: rate says it already;"
          + " write one of the two",
      "to: b, size: 1kB, rate: 1Gbps | bytes: neither bytes nor duration; write one of the two",
      "to: b, size: 1kB, rate: 1Gbps, bytes: 1MB, duration: 1s | duration: bytes says it already;"
          + " write one of the two",
      "to: b, size: 0B, rate: 1Gbps, bytes: 1MB | size: '0B' is too small; write at least 1B",
      "to: b, size: 65508B, rate: 1Gbps, bytes: 1MB | size: '65508B' is too large; write at most"
          + " 65507B",
      "to: b, size: 1kB, rate: 0bps, bytes: 1MB | rate: '0bps' is too small; write at least 1bps",
      "to: b, size: 1kB, rate: 1Gbps, bytes: 1MB, arrivals: bursty | arrivals: 'bursty' is not"
          + " known; write one of [constant, poisson]",
  })
  void aFaultOfDatagramsIsReportedAtItsLine(String datagrams, String fault) {
    assertThat(faults("datagrams: {from: a, " + datagrams + "}"))
        .containsExactly("x.yaml:6: " + fault);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "connect: true, protocol: udp | connect: datagrams need no connection; write 'connect:"
          + " false', or 'protocol: tcp'",
      "protocol: sctp | protocol: 'sctp' is not known; write one of [tcp, udp]",
  })
  void aFaultOfTheProtocolOfRequestsIsReportedAtItsLine(String rest, String fault) {
    assertThat(faults("request-response: {from: a, to: b, " + rest + "}"))
        .containsExactly("x.yaml:6: " + fault);
  }

  @Test
  void everythingWrongWithDatagramsIsReportedAtOnce() {
    assertThat(faults("datagrams: {from: a, to: a, size: 1kB, arrivals: poisson}")).hasSize(3);
  }

  @Test
  void everythingWrongWithATrainingIsReportedAtOnce() {
    assertThat(faults("train: {ranks: 1, servers: 2, synchronous: false, bucket: 1MB}")).hasSize(5);
  }

  @Test
  void tenantsWithTheSameNameAreAFault() {
    String text = Scenarios.SMALL + "  blue: {jobs: [all-reduce: {ranks: 2, bytes: 1MB}]}\n";

    assertThat(Scenarios.faults(folder, text)).containsExactly(
        "x.yaml:6: repeated key 'blue', first at x.yaml:5; write it once");
  }

  @Test
  void aWrongNameOfATenantIsReportedOnceAndNotForEachOfItsPods() {
    String text = Scenarios.SMALL + "  r.d: {jobs: [all-reduce: {ranks: 8, bytes: 1MB}]}\n";

    assertThat(Scenarios.faults(folder, text)).hasSize(1)
        .allMatch(line -> line.startsWith("x.yaml:6: r.d: 'r.d' is not a name; write letters"));
  }

  @Test
  void aPodThatAJobMakesBelongsToItsTenantAlone() {
    String text = Scenarios.SMALL.replace("from: a", "from: red-rank-1")
        + "  red: {jobs: [all-reduce: {ranks: 2, bytes: 1MB}]}\n";

    assertThat(Scenarios.faults(folder, text)).containsExactly(
        "x.yaml:6: all-reduce: pod 'red-rank-1' is already one of tenant 'blue'; write another"
            + " name");
  }

  @Test
  void podsPlacedByHandNeedAGpuOfTheirHost() {
    String text = """
        experiment: jobs
        cluster: {hosts: 2, gpus: 1}
        network: {cni: cilium}
        placement: {blue-rank-0: host1, blue-rank-1: host1}
        tenants: {blue: {jobs: [all-reduce: {ranks: 2, bytes: 1MB}]}}
        """;

    assertThat(Scenarios.faults(folder, text)).containsExactly(
        "x.yaml:4: placement: job blue/0 does not fit even alone: it needs 2 GPUs of host1, 1 of 1"
            + " is free; write other hosts, or more GPUs");
  }

  /** Two hosts of four GPUs take four ranks each when packed, not three and three. */
  @ParameterizedTest
  @CsvSource({"8, 0", "6, 1", "4, 0", "3, 0"})
  void hierarchicalRanksFillTheirHosts(int ranks, int faults) {
    String text = OPENING.replace("tenants:", "placement: packed\ntenants:")
        + "    all-reduce: {bytes: 1MB, algorithm: hierarchical, ranks: " + ranks + "}]}\n";

    if (faults == 0) {
      assertThat(Scenarios.read(folder, text).points()).hasSize(1);
    } else {
      assertThat(Scenarios.faults(folder, text)).hasSize(faults);
    }
  }

  @Test
  void aListOfManyPodsIsCutShort() {
    String text = OPENING.replace("tenants:", "placement: {a: host0}\ntenants:")
        .replace("{hosts: 2}", "{hosts: 20}")
        + "    all-reduce: {bytes: 1MB, ranks: 30}]}\n";

    assertThat(Scenarios.faults(folder, text)).hasSize(2)
        .allMatch(line -> line.matches(
            ".*\\[blue-rank-0, .*, blue-rank-19, …\\]; write one for every pod"
                + "|.*one of \\[blue-rank-0, .*, blue-rank-19, …\\]"));
  }

  private List<String> faults(String job) {
    return Scenarios.faults(folder, OPENING + "    " + job + "]}\n");
  }
}
