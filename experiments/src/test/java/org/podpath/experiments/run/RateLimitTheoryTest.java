package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pods send whose virtual functions are limited, on both engines. */
class RateLimitTheoryTest {
  private static final String SCENARIO = """
      experiment: limit
      engine: %s
      cluster: {hosts: 2, cores: 8, profile: ref, nic: 10Gbps, mtu: 9000, receive: pod-core}
      network: {cni: sriov}
      placement: {a: host0, b: %s, c: host0, d: host1}
      tenants:
        blue: {max-tx-rate: %s, jobs: [%s]}
        red: {jobs: [{stream: {from: c, to: d, bytes: 1MB}}]}
      """;

  /** Of a frame of MTU 9000: less 20 B of IP and 32 of TCP with its time stamps. */
  private static final int SEGMENT_BYTES = 8948;
  /** With a VLAN tag of 4 B and 38 B of Ethernet. */
  private static final int FRAME_BYTES = 9042;

  @TempDir
  private Path folder;

  /** The rate less headers; the first burst of 64 KiB is sent and read in 0.3 ms, of 400 and more. */
  @ParameterizedTest
  @CsvSource({"flow, 1", "flow, 2", "flow, 5", "packet, 1", "packet, 2", "packet, 5"})
  void aStreamGoesAtTheRateLessItsHeaders(String engine, int gbps) {
    String stream = "{stream: {from: a, to: b, bytes: 250MB}}";

    double goodput = (double) gbps * SEGMENT_BYTES / FRAME_BYTES;
    assertThat(value(engine, "host1", gbps + "Gbps", stream, Metric.THROUGHPUT))
        .isCloseTo(goodput, within(0.01 * goodput));
  }

  /** All that a pod sends goes through one function; within a host it turns round in the card behind that. */
  @ParameterizedTest
  @CsvSource({"flow, host1", "flow, host0", "packet, host1", "packet, host0"})
  void streamsOfAPodShareItsRate(String engine, String where) {
    String streams = "{stream: {from: a, to: b, bytes: 50MB, flows: 4}}";

    double goodput = 2.0 * SEGMENT_BYTES / FRAME_BYTES;
    assertThat(value(engine, where, "2Gbps", streams, Metric.THROUGHPUT))
        .isCloseTo(goodput, within(0.01 * goodput));
  }

  /**
   * The bucket is full of 15 KiB when a message comes, so its last byte has tokens when the others of its
   * bytes on the wire have come into the bucket. Alone it had left when all but its last frame were on the
   * wire. Request and reply wait for that. The timer of an interrupt, 10 us, may have begun before the last
   * frame, each way.
   */
  @ParameterizedTest
  @CsvSource({
      "flow, 16384, 2", "flow, 32768, 2", "flow, 65536, 2", "flow, 65536, 1",
      "packet, 16384, 2", "packet, 32768, 2", "packet, 65536, 2", "packet, 65536, 1"
  })
  void aMessageWaitsForTokens(String engine, int bytes, int gbps) {
    String loop = "{request-response: {from: a, to: b, bytes: " + bytes + "B, count: 100}}";

    double waitUs = 2 * waitUs(bytes, SEGMENT_BYTES, FRAME_BYTES - SEGMENT_BYTES, gbps);
    double aloneUs = value(engine, "host1", "10Gbps", loop, Metric.TRANSACTION);
    assertThat(value(engine, "host1", gbps + "Gbps", loop, Metric.TRANSACTION) - aloneUs)
        .isCloseTo(waitUs, within(0.02 * waitUs + 10));
  }

  /** No interrupt stands between frames and their reader; segments of RoCE have 4,096 B and 20 + 8 + 12 + 4 + 42. */
  @ParameterizedTest
  @CsvSource({
      "flow, 32768, 2", "flow, 65536, 1",
      "packet, 32768, 2", "packet, 65536, 1"
  })
  void aMessagePastKernelsWaitsForTokensAlone(String engine, int bytes, int gbps) {
    String loop = "{request-response: {from: a, to: b, bytes: " + bytes + "B, count: 100}}";

    double waitUs = 2 * waitUs(bytes, 4096, 86, gbps);
    double aloneUs =
        value(engine, "host1", "10Gbps", loop, Metric.TRANSACTION, "network.transport=roce");
    double us =
        value(engine, "host1", gbps + "Gbps", loop, Metric.TRANSACTION, "network.transport=roce");
    assertThat(us - aloneUs).isCloseTo(waitUs, within(0.01 * waitUs));
  }

  private static double waitUs(int bytes, int segmentBytes, int overheadBytes, int gbps) {
    int frames = Math.ceilDiv(bytes, segmentBytes);
    double wireBytes = bytes + frames * overheadBytes;
    double limitedUs = (wireBytes - 15 * 1024) * 8 / (gbps * 1e3);
    double lastBytes = bytes - (frames - 1) * segmentBytes + overheadBytes;
    return Math.max(0, limitedUs - (wireBytes - lastBytes) * 8 / 10e3);
  }

  /** What fits into the bucket never waits. */
  @ParameterizedTest
  @ValueSource(strings = {"flow", "packet"})
  void aShortMessageDoesNotWait(String engine) {
    String loop = "{request-response: {from: a, to: b, bytes: 8000B, count: 100}}";

    assertThat(value(engine, "host1", "1Gbps", loop, Metric.TRANSACTION))
        .isEqualTo(value(engine, "host1", "10Gbps", loop, Metric.TRANSACTION));
  }

  /** Datagrams of 1,024 B have 20 + 8 + 4 + 38 B of headers; their sender sleeps, and none is lost. */
  @ParameterizedTest
  @ValueSource(strings = {"flow", "packet"})
  void aFloodGoesAtTheRate(String engine) {
    String flood = "{datagrams: {from: a, to: b, size: 1024B, duration: 100ms}}";

    double perSecond = 500e6 / 8 / (1024 + 70);
    assertThat(value(engine, "host1", "500Mbps", flood, Metric.SENT))
        .isCloseTo(perSecond, within(0.04 * perSecond));
    assertThat(value(engine, "host1", "500Mbps", flood, Metric.DELIVERED))
        .isCloseTo(1, within(0.04));
  }

  /** The other tenant shares the card, not the function. */
  @ParameterizedTest
  @ValueSource(strings = {"flow", "packet"})
  void aLimitIsThatOfItsTenant(String engine) {
    String loop = "{request-response: {from: a, to: b, bytes: 1B, count: 10}}";

    double red = Scenarios.value(
        Outcome.of(Scenarios.play(Scenarios.ofText(
            folder, SCENARIO.formatted(engine, "host1", "1Mbps", loop)))),
        Metric.THROUGHPUT);
    assertThat(red).isGreaterThan(5);
  }

  private double value(
      String engine, String where, String rate, String job, Metric metric, String... overrides) {
    String text = SCENARIO.formatted(engine, where, rate, job);
    RunResult result = Scenarios.play(Scenarios.ofText(folder, text, overrides)).getFirst();
    assertThat(result.status()).as(result.message().orElse("")).isEqualTo(RunResult.OK);
    return Outcome.of(List.of(result))
        .stream()
        .filter(outcome -> outcome.metric() == metric && outcome.job().equals("blue/0"))
        .findFirst()
        .orElseThrow()
        .median();
  }
}
