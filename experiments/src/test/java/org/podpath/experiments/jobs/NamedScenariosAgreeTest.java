package org.podpath.experiments.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.podpath.experiments.run.RunResult;

/**
 * Both engines on the kinds of scenarios that users run: mean times of flows by size, of collectives,
 * and the 99th percentile of messages. {@code cat target/agreement-tests/*} shows by how much they
 * differ.
 */
@Tag("slow")
class NamedScenariosAgreeTest {
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
    A_SERVICE_BESIDE_TRAINING("""
        duration: 3s
        cluster: {hosts: 4, cores: 16, gpus: 4, profile: ref, nic: 10Gbps, mtu: 9000}
        network: {cni: cilium}
        placement: spread
        tenants:
          blue: {jobs: [train: {model: resnet50, ranks: 8, collective: ring}]}
          red: {jobs: [serve: {servers: 4, clients: 4, rate: 8000/s, request: 4KiB, reply: 16KiB,
            service: 200us}]}
        """),
    A_SERVICE_BESIDE_SIXTEEN_RANKS("""
        duration: 3s
        cluster: {hosts: 4, cores: 16, gpus: 8, profile: ref, nic: 10Gbps, mtu: 9000}
        network: {cni: sriov}
        placement: spread
        tenants:
          blue: {jobs: [train: {model: resnet50, ranks: 16, collective: ring}]}
          red: {jobs: [serve: {servers: 4, clients: 4, rate: 8000/s, request: 4KiB, reply: 16KiB,
            service: 200us}]}
        """),
    INTO_TIME_OUTS("""
        cluster: {hosts: 33, profile: ref, nic: 10Gbps, ports: {buffer: 128KiB}}
        network: {cni: cilium}
        tenants: {t: {jobs: [incast: {senders: 32, bytes: 64KiB, rounds: 5}]}}
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

    private String title(char between) {
      return name().toLowerCase(Locale.ROOT).replace('_', between);
    }
  }

  @ParameterizedTest
  @EnumSource
  void enginesAgreeOrTheFlowEngineSaysThatItCannot(Named named) {
    Agreement agreement = Agreement.of(run(named, "packet"), run(named, "flow"));

    agreement.note(named.title(' '));
    if (agreement.flagged()) {
      assertThat(agreement.utilisationRatio() >= 0.8 || agreement.lostFrames() > 0)
          .as("a flag needs a reason: " + agreement)
          .isTrue();
    } else {
      near("long flows", 0.05, agreement.longFlows());
      near("short flows", 0.2, agreement.shortFlows());
      near("collectives", 0.05, agreement.collectives());
      if (agreement.p99Requests().isPresent()) {
        near("p99 of requests", 0.25, agreement.p99Requests());
      } else {
        near("p99 of messages", 0.25, agreement.p99Messages());
      }
    }
  }

  @Test
  void atMostATenthIsFlagged() {
    long flagged =
        Arrays.stream(Named.values())
            .filter(named -> !run(named, "flow").status().equals(RunResult.OK))
            .count();

    assertThat(flagged).isBetween(1L, Named.values().length / 10L);
  }

  private RunResult run(Named named, String engine) {
    return Played.first(folder, "experiment: " + named.title('-') + "\n" + named.text,
        "engine=" + engine).result();
  }

  private static void near(String what, double tolerance, OptionalDouble off) {
    if (off.isPresent()) {
      assertThat(off.orElseThrow()).as(what).isBetween(-tolerance, tolerance);
    }
  }
}
