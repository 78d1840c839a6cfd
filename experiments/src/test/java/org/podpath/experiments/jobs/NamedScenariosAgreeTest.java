package org.podpath.experiments.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.experiments.run.RunResult;

/**
 * Both engines on the kinds of scenarios that users run: mean times of flows by size, of collectives,
 * and the 99th percentile of messages.
 */
@Tag("slow")
class NamedScenariosAgreeTest {
  private static final long SHORT_BYTES = 100_000;
  private static final long LONG_BYTES = 10_000_000;

  @TempDir
  private Path folder;

  /**
   * Each asks something else of the engines. Trees play several times: over new connections the first
   * takes a tenth longer packet by packet, since small windows get less of a queue that others fill.
   */
  enum Named {
    A_CORE_IS_THE_LIMIT("""
        cluster: {hosts: 2, profile: seed10g, receive: pod-core}
        network: {cni: flannel}
        placement: {a: host0, b: host1}
        tenants: {t: {jobs: [stream: {from: a, to: b, bytes: 100MB}]}}
        """),
    THE_LINK_IS_THE_LIMIT("""
        cluster: {hosts: 2, profile: ref, nic: 10Gbps}
        network: {cni: cilium}
        placement: {a: host0, b: host1}
        tenants: {t: {jobs: [stream: {from: a, to: b, bytes: 100MB}]}}
        """),
    STREAMS_SIDE_BY_SIDE("""
        cluster: {hosts: 2, profile: ref, nic: 10Gbps, receive: pod-core}
        network: {cni: calico-ebpf}
        placement: {a: host0, b: host1}
        tenants: {t: {jobs: [stream: {from: a, to: b, bytes: 50MB, flows: 4}]}}
        """),
    WITHIN_A_HOST("""
        cluster: {hosts: 1, profile: seed10g, receive: pod-core}
        network: {cni: cilium}
        placement: {a: host0, b: host0}
        tenants: {t: {jobs: [stream: {from: a, to: b, bytes: 50MB}]}}
        """),
    SHORT_STREAMS("""
        cluster: {hosts: 2, profile: ref, nic: 10Gbps, receive: pod-core}
        network: {cni: ovn-kubernetes}
        placement: {a: host0, b: host1}
        tenants: {t: {jobs: [stream: {from: a, to: b, bytes: 500kB}]}}
        """),
    A_RING("""
        cluster: {hosts: 8, gpus: 1, profile: ref, nic: 10Gbps, receive: pod-core}
        network: {cni: flannel}
        tenants: {t: {jobs: [all-reduce: {ranks: 8, bytes: 102MB}]}}
        """),
    HALVING_AND_DOUBLING("""
        cluster: {hosts: 8, gpus: 1, profile: seed10g, receive: pod-core}
        network: {cni: cilium}
        tenants: {t: {jobs: [all-reduce: {ranks: 8, bytes: 102MB, algorithm: halving-doubling}]}}
        """),
    TWO_TREES("""
        cluster: {hosts: 8, gpus: 1, profile: ref, nic: 10Gbps, receive: rss}
        network: {cni: sriov}
        tenants: {t: {jobs: [all-reduce: {ranks: 8, bytes: 25MB, algorithm: tree, repeat: 3}]}}
        """),
    PARAMETER_SERVER("""
        cluster: {hosts: 9, gpus: 1, profile: ref, nic: 10Gbps, receive: rss}
        network: {cni: cilium}
        tenants: {t: {jobs: [train: {ranks: 8, bytes: 25MB, compute: 20ms,
          collective: parameter-server, steps: 2}]}}
        """),
    TRAINING_IN_BUCKETS("""
        cluster: {hosts: 4, gpus: 1, profile: ref, nic: 10Gbps, receive: rss}
        network: {cni: calico-iptables}
        tenants: {t: {jobs: [train: {model: resnet50, ranks: 4, collective: ring, overlap: buckets,
          steps: 2}]}}
        """),
    OVER_A_FABRIC("""
        cluster: {hosts: 8, gpus: 1, profile: ref, nic: 10Gbps, receive: pod-core,
          fabric: {leaf-spine: {leaves: 2, spines: 2}}}
        network: {cni: cilium}
        tenants: {t: {jobs: [all-reduce: {ranks: 8, bytes: 102MB}]}}
        """),
    MANY_TO_ONE("""
        cluster: {hosts: 9, profile: ref, nic: 10Gbps}
        network: {cni: cilium}
        tenants: {t: {jobs: [incast: {senders: 8, bytes: 256KiB, rounds: 10}]}}
        """),
    MESSAGES_TO_ONE("""
        cluster: {hosts: 9, profile: ref, nic: 10Gbps}
        network: {cni: cilium}
        tenants: {t: {jobs: [incast: {senders: 8, bytes: 64KiB, rounds: 20}]}}
        """),
    A_SERVICE_ALONE("""
        duration: 1s
        cluster: {hosts: 4, cores: 16, gpus: 4, profile: ref, nic: 10Gbps}
        network: {cni: cilium}
        tenants: {t: {jobs: [serve: {servers: 4, clients: 4, rate: 8000/s, request: 4KiB,
          reply: 16KiB, service: 200us}]}}
        """);

    private final String text;

    Named(String text) {
      this.text = text;
    }
  }

  @ParameterizedTest
  @EnumSource
  void enginesAgree(Named named) {
    RunResult played = played(named, "packet");
    RunResult computed = played(named, "flow");

    assertThat(computed.status()).isEqualTo(RunResult.OK);
    agree("long flows", 0.05, played, computed, bytes -> bytes >= LONG_BYTES);
    agree("short flows", 0.2, played, computed,
        bytes -> bytes >= SHORT_BYTES && bytes < LONG_BYTES);
    double[] playedUs = us(played, bytes -> bytes < SHORT_BYTES);
    double[] computedUs = us(computed, bytes -> bytes < SHORT_BYTES);
    if (playedUs.length >= 100) {
      near("p99 of messages", 0.25, p99(playedUs), p99(computedUs));
    }
    if (!played.jobs().getFirst().collectives().isEmpty()) {
      near("collectives", 0.05, collectiveUs(played), collectiveUs(computed));
    }
  }

  private RunResult played(Named named, String engine) {
    String text = "experiment: " + named.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')
        + "\n" + named.text;
    return Played.first(folder, text, "engine=" + engine).result();
  }

  private static void agree(
      String what, double tolerance, RunResult played, RunResult computed, LongPredicate size) {
    double[] playedUs = us(played, size);
    if (playedUs.length > 0) {
      near(what, tolerance, mean(playedUs), mean(us(computed, size)));
    }
  }

  private static void near(String what, double tolerance, double playedUs, double computedUs) {
    assertThat(computedUs).as(what).isCloseTo(playedUs, within(tolerance * playedUs));
  }

  /** Times of the flows of some sizes, in order. */
  private static double[] us(RunResult result, LongPredicate size) {
    return result.report()
        .flows()
        .stream()
        .filter(FinishedFlow::complete)
        .filter(flow -> size.test(flow.deliveredBytes()))
        .mapToDouble(flow -> (flow.endPs() - flow.startPs()) / 1e6)
        .sorted()
        .toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double p99(double[] sorted) {
    return sorted[(int) (0.99 * sorted.length)];
  }

  private static double collectiveUs(RunResult result) {
    return result.jobs()
        .getFirst()
        .collectives()
        .stream()
        .mapToDouble(done -> (done.endPs() - done.startPs()) / 1e6)
        .average()
        .orElseThrow();
  }
}
