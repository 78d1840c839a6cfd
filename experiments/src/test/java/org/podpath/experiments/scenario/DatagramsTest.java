package org.podpath.experiments.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datagrams and incasts as scenarios write them. */
class DatagramsTest {
  @TempDir
  Path folder;

  /** 1,250 bytes are 10,000 bits: 10 µs at 1 Gb/s. */
  @Test
  void aRateOfPayloadMakesAGap() {
    Datagrams datagrams = datagrams("size: 1250B, rate: 1Gbps, bytes: 1MB");

    assertThat(datagrams.gapPs()).isEqualTo(10_000_000);
    assertThat(datagrams.payloadBitsPerSecond()).isEqualTo(1e9);
    assertThat(datagrams.totalBytes()).isEqualTo(1_000_000);
    assertThat(datagrams.arrivals()).isEqualTo(Datagrams.Gaps.CONSTANT);
  }

  @Test
  void soDoesARateOfDatagrams() {
    Datagrams datagrams = datagrams("size: 1250B, packets: 100000/s, bytes: 1MB");

    assertThat(datagrams.gapPs()).isEqualTo(10_000_000);
    assertThat(datagrams.payloadBitsPerSecond()).isEqualTo(1e9);
  }

  /** At 0, 10 and 20 µs; that of 30 µs is too late for 30 µs, not for a picosecond more. */
  @Test
  void aDurationHoldsTheDatagramsThatLeaveBeforeItsEnd() {
    assertThat(datagrams("size: 1250B, rate: 1Gbps, duration: 30us").totalBytes())
        .isEqualTo(3 * 1250);
    assertThat(datagrams("size: 1250B, rate: 1Gbps, duration: 30000001ps").totalBytes())
        .isEqualTo(4 * 1250);
    assertThat(datagrams("size: 1250B, rate: 1Gbps, duration: 1ps").totalBytes()).isEqualTo(1250);
  }

  @Test
  void anIncastMakesItsReceiverThenItsSendersWithoutGpus() {
    String text = """
        experiment: many
        cluster: {hosts: 4, gpus: 0}
        network: {cni: host}
        tenants: {blue: {jobs: [incast: {senders: 3, bytes: 64kB}]}}
        """;

    List<PodSpec> pods = Scenarios.read(folder, text).points().getFirst().scenario().pods();

    assertThat(pods).extracting(PodSpec::name)
        .containsExactly("blue-receiver-0", "blue-sender-0", "blue-sender-1", "blue-sender-2");
    assertThat(pods).extracting(pod -> pod.host().orElseThrow()).containsExactly(0, 1, 2, 3);
    assertThat(pods).noneMatch(PodSpec::needsGpu);
  }

  @Test
  void aSecondIncastOfATenantHasPodsOfItsOwn() {
    String text = """
        experiment: many
        cluster: {hosts: 4}
        network: {cni: host}
        tenants: {b: {jobs: [incast: {senders: 1, bytes: 1B}, incast: {senders: 1, bytes: 1B}]}}
        """;

    assertThat(Scenarios.read(folder, text).points().getFirst().scenario().pods())
        .extracting(PodSpec::name)
        .containsExactly(
            "b-receiver-0", "b-sender-0", "b-2-receiver-0", "b-2-sender-0");
  }

  private Datagrams datagrams(String rest) {
    String text = Scenarios.SMALL.replace("stream: {from: a, to: b, bytes: 1MB}",
        "datagrams: {from: a, to: b, " + rest + "}");
    return (Datagrams) Scenarios.read(folder, text)
        .points()
        .getFirst()
        .scenario()
        .tenants()
        .get("blue")
        .jobs()
        .getFirst();
  }
}
