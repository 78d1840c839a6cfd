package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.engine.datapath.Component;
import org.podpath.engine.results.CpuTime;
import org.podpath.engine.results.FinishedFlow;

/** Packets that kernels steer to the CPUs of a list, on both engines. */
class SteeringTheoryTest {
  /** One receive queue, on CPU 0; each pod sends and reads on CPUs of its own from 8 on. */
  private static final String SCENARIO = """
      experiment: steering
      cluster: {hosts: 2, cores: 16, profile: ref, nic: 100Gbps, %s,
        pin: {%s}}
      network: {%s}
      placement: {%s}
      tenants:
        blue: {jobs: [%s]}
      """;
  private static final String ONE_QUEUE = "irq-cpus: [0]";
  private static final String STEERED = ONE_QUEUE + ", rps-cpus: [1, 2, 3, 4, 5, 6]";
  /** Each packet walks 1,016 rules of 20 ns. */
  private static final String MANY_RULES = "cni: kube-router, rules: {pods-per-node: 500}";

  @TempDir
  private Path folder;

  /**
   * What a core does for streams of Flannel is a fifth driver and GRO, and four fifths stack. With four
   * streams whose stacks have cores of their own, the core that polls brings the link to its limit.
   */
  @ParameterizedTest
  @ValueSource(strings = {"packet", "flow"})
  void manyStreamsThatOneCoreHoldsBackGoFaster(String engine) {
    double polled = rate(play(engine, ONE_QUEUE, "cni: flannel", streams(4)));
    double steered = rate(play(engine, STEERED, "cni: flannel", streams(4)));

    // the link carries 8,898 bytes of payload in 9,038
    assertThat(polled).isLessThan(50);
    assertThat(steered).isBetween(0.97 * 100 * 8898 / 9038, 100.0 * 8898 / 9038);
  }

  /** A stream has one hash, and its stack one core, which is busy all the time, however many there are. */
  @ParameterizedTest
  @ValueSource(strings = {"packet", "flow"})
  void aSingleStreamIsNoFasterThanTheStackOfOneCore(String engine) {
    RunResult toOne = play(engine, ONE_QUEUE + ", rps-cpus: [5]", MANY_RULES, streams(1));
    RunResult toSix = play(engine, STEERED, MANY_RULES, streams(1));

    assertThat(rate(toSix)).isCloseTo(rate(toOne), within(1e-9 * rate(toOne)));
    assertThat(busiestRatio(toSix)).isBetween(0.95, 1.0);
  }

  /** Each datagram finds the other core idle, which it has to interrupt: 0.9 µs for each of 2,000. */
  @ParameterizedTest
  @ValueSource(strings = {"packet", "flow"})
  void aCoreThatHasNothingToDoIsInterrupted(String engine) {
    String job = "datagrams: {from: a0, to: b0, size: 100B, packets: 20000/s, duration: 100ms}";

    RunResult result = play(engine, ONE_QUEUE + ", rps-cpus: [5]", "cni: flannel", job);

    assertThat(ms(result, 5, Component.IRQ)).isCloseTo(2000 * 0.9e-3, within(1e-3));
    assertThat(ms(result, 0, Component.HOST_PATH)).isZero();
    assertThat(ms(result, 5, Component.HOST_PATH)).isPositive();
  }

  /** Behind IP in IP the card sees one flow; the kernel looks inside. */
  @ParameterizedTest
  @ValueSource(strings = {"packet", "flow"})
  void flowsThatATunnelHidesFromTheCardAreToldApart(String engine) {
    RunResult result =
        play(engine, "queues: 1, rps-cpus: [1, 2, 3, 4, 5, 6]", "cni: calico-iptables",
            streams(4));

    TreeSet<Integer> stacks = new TreeSet<>();
    for (CpuTime time : result.report().cpuTimes()) {
      if (time.host() == 1 && time.cpu() < 8 && time.component() == Component.PROTOCOL) {
        stacks.add(time.cpu());
      }
    }
    assertThat(stacks).hasSizeGreaterThan(1).doesNotContain(0);
  }

  /**
   * Three cores send what one has to take, which costs about the same: two thirds are dropped, and what
   * was not read is what the note says, but for a thousand packets in the backlog and some in rings.
   */
  @Test
  void aBacklogThatIsFullDropsAndSaysSo() {
    String jobs =
        IntStream.range(0, 3)
            .mapToObj(
                i -> "{datagrams: {from: a" + i + ", to: b" + i + ", size: 100B, duration: 100ms}}")
            .collect(Collectors.joining(", "));

    RunResult result = play("packet", ONE_QUEUE + ", rps-cpus: [5]", MANY_RULES, jobs);

    Matcher note =
        Pattern.compile("(\\d+) packets found the backlog of host1 on CPU 5 full, and were dropped")
            .matcher(result.message().orElseThrow());
    long sent = bytes(result, FinishedFlow::sentBytes) / 100;
    long read = bytes(result, FinishedFlow::deliveredBytes) / 100;
    assertThat(note.find()).isTrue();
    assertThat((double) read).isBetween(0.25 * sent, 0.5 * sent);
    assertThat(sent - read - Long.parseLong(note.group(1))).isBetween(900L, 1300L);
  }

  private static long bytes(RunResult result, ToLongFunction<FinishedFlow> which) {
    return result.report().flows().stream().mapToLong(which).sum();
  }

  /** One pod of each pair on either host. */
  private static String streams(int count) {
    StringBuilder jobs = new StringBuilder();
    for (int i = 0; i < count; i++) {
      jobs.append(i == 0 ? "" : ", ")
          .append("{stream: {from: a" + i + ", to: b" + i + ", bytes: 20MB}}");
    }
    return jobs.toString();
  }

  private RunResult play(String engine, String steering, String network, String jobs) {
    StringBuilder pins = new StringBuilder();
    StringBuilder places = new StringBuilder();
    for (int i = 0; jobs.contains("a" + i + ","); i++) {
      String cpus = ": {tx: " + (8 + 2 * i) + ", rx: " + (9 + 2 * i) + "}";
      pins.append(i == 0 ? "" : ", ").append("a" + i + cpus + ", b" + i + cpus);
      places.append(i == 0 ? "" : ", ").append("a" + i + ": host0, b" + i + ": host1");
    }
    String job = jobs.startsWith("{") ? jobs : "{" + jobs + "}";
    String text = SCENARIO.formatted(steering, pins, network, places, job);
    return Scenarios.play(Scenarios.ofText(folder, text, "engine=" + engine)).getFirst();
  }

  /** Of all streams that are under way together, in Gb/s. */
  private static double rate(RunResult result) {
    return Outcome.of(List.of(result))
        .stream()
        .filter(outcome -> outcome.metric() == Metric.THROUGHPUT)
        .mapToDouble(Outcome::median)
        .sum();
  }

  private static double ms(RunResult result, int cpu, Component component) {
    return result.report()
        .cpuTimes()
        .stream()
        .filter(time -> time.host() == 1 && time.cpu() == cpu && time.component() == component)
        .mapToDouble(time -> time.busyPs() / 1e9)
        .sum();
  }

  private static double busiestRatio(RunResult result) {
    TreeMap<Integer, Double> busyPs = new TreeMap<>();
    for (CpuTime time : result.report().cpuTimes()) {
      if (time.host() == 1) {
        busyPs.merge(time.cpu(), (double) time.busyPs(), Double::sum);
      }
    }
    return busyPs.values().stream().mapToDouble(Double::doubleValue).max().orElseThrow()
        / result.simulatedPs();
  }
}
