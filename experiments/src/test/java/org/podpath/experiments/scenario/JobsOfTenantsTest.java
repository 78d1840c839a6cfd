package org.podpath.experiments.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsOfTenantsTest {
  private static final String OPENING = """
      experiment: jobs
      duration: 1s
      cluster: {hosts: 4}
      network: {cni: cilium}
      """;
  private static final String TWO_TENANTS = """
      tenants:
        blue: {jobs: [train: {model: resnet50, ranks: 8}]}
        red:
          jobs:
            - serve: {servers: 4, clients: 4, rate: 8000/s, request: 4KiB, reply: 16KiB,
                      service: 200us}
      """;

  @TempDir
  Path folder;

  @Test
  void aTrainingHasADefaultForAllButItsRanksAndItsModel() {
    assertThat(job(TWO_TENANTS, "blue")).isEqualTo(
        new Train(8, Optional.of("resnet50"), OptionalLong.empty(), OptionalLong.empty(),
            Collective.RING, OptionalInt.empty(), true, Overlap.NONE, OptionalLong.empty(),
            OptionalLong.empty(), Variation.NONE));
  }

  /** 25,557,032 parameters in FP32, and 256 images at 1200 images/s. */
  @Test
  void aTrainingTakesWhatIsNotWrittenFromItsModel() {
    Train train = (Train) job(TWO_TENANTS, "blue");

    assertThat(train.gradientBytes()).isEqualTo(102_228_128);
    assertThat(train.stepComputePs()).isEqualTo(213_333_000_000L);
    assertThat(train.serverCount()).isZero();
    assertThat(train.bucketSizeBytes()).isZero();
  }

  @Test
  void everythingOfATrainingCanBeWritten() {
    Train train = (Train) job("""
        tenants:
          blue:
            jobs:
              - train:
                  ranks: 4
                  bytes: 102.2MB
                  compute: 213ms
                  collective: tree
                  overlap: buckets
                  bucket: 10MB
                  steps: 200
                  variation: exponential
        """, "blue");

    assertThat(train).isEqualTo(
        new Train(4, Optional.empty(), OptionalLong.of(102_200_000),
            OptionalLong.of(213_000_000_000L), Collective.TREE, OptionalInt.empty(), true,
            Overlap.BUCKETS, OptionalLong.of(10_000_000), OptionalLong.of(200),
            Variation.EXPONENTIAL));
    assertThat(train.gradientBytes()).isEqualTo(102_200_000);
    assertThat(train.stepComputePs()).isEqualTo(213_000_000_000L);
    assertThat(train.bucketSizeBytes()).isEqualTo(10_000_000);
  }

  @Test
  void computeTimeBesideAModelReplacesTheModels() {
    Train train = (Train) job(
        "tenants: {blue: {jobs: [train: {model: llama-7b, compute: 2s, ranks: 8}]}}\n", "blue");

    assertThat(train.stepComputePs()).isEqualTo(2_000_000_000_000L);
    assertThat(train.gradientBytes()).isEqualTo(13_476_000_000L);
  }

  @Test
  void aTrainingWithParameterServersHasOneAndNeedNotWait() {
    Train train = (Train) job("tenants: {blue: {jobs: [train: {model: resnet50, ranks: 1,"
        + " collective: parameter-server, synchronous: false}]}}\n", "blue");

    assertThat(train.serverCount()).isEqualTo(1);
    assertThat(train.synchronous()).isFalse();
  }

  @Test
  void aServingJobIsRead() {
    Serve serve = (Serve) job(TWO_TENANTS, "red");

    assertThat(serve).isEqualTo(
        new Serve(4, 4, 28_800_000, Arrivals.POISSON, 4_096, 16_384, 200_000_000,
            OptionalLong.empty(), OptionalLong.empty()));
    assertThat(serve.ratePerSecond()).isEqualTo(8_000);
  }

  @Test
  void anAllReduceIsRead() {
    String text = "tenants: {blue: {jobs: [all-reduce: {ranks: 4, bytes: 1MiB,"
        + " algorithm: halving-doubling, repeat: 3}]}}\n";

    assertThat(job(text, "blue")).isEqualTo(
        new AllReduce(4, 1 << 20, Collective.HALVING_DOUBLING, OptionalInt.empty(), 3));
  }

  @Test
  void jobsMakePodsNamedAfterTheirTenantAndRole() {
    Scenario scenario = scenario("""
        tenants:
          blue:
            jobs:
              - train: {model: resnet50, ranks: 2, collective: parameter-server, servers: 2}
              - all-reduce: {ranks: 2, bytes: 1MB}
          red: {jobs: [serve: {clients: 2, rate: 1/s, request: 1B, reply: 1B, service: 0s}]}
        """);

    assertThat(scenario.pods()).map(PodSpec::name)
        .containsExactly(
            "blue-train-0", "blue-train-1", "blue-ps-0", "blue-ps-1", "blue-rank-0", "blue-rank-1",
            "red-server-0", "red-client-0", "red-client-1");
    assertThat(scenario.pods()).map(PodSpec::needsGpu)
        .containsExactly(true, true, false, false, true, true, true, false, false);
    assertThat(scenario.pods("blue", 1)).map(PodSpec::name)
        .containsExactly("blue-rank-0", "blue-rank-1");
  }

  @Test
  void aJobThatWouldRepeatANameCountsItselfInIt() {
    Scenario scenario = scenario("""
        tenants:
          blue:
            jobs:
              - train: {model: resnet50, ranks: 2}
              - train: {model: resnet50, ranks: 1, collective: parameter-server}
              - all-reduce: {ranks: 2, bytes: 1MB, algorithm: parameter-server}
          blue-2: {jobs: [train: {model: resnet50, ranks: 2}]}
        """);

    assertThat(scenario.pods()).map(PodSpec::name)
        .containsExactly(
            "blue-train-0", "blue-train-1", "blue-2-train-0", "blue-2-ps-0", "blue-rank-0",
            "blue-rank-1", "blue-ps-0", "blue-2-2-train-0", "blue-2-2-train-1");
  }

  @Test
  void aStreamMayUseAPodThatAJobOfItsTenantMakes() {
    Scenario scenario = scenario("""
        tenants:
          blue:
            jobs:
              - stream: {from: disk, to: blue-train-1, bytes: 1MB}
              - train: {model: resnet50, ranks: 2}
        """);

    assertThat(scenario.pods()).map(PodSpec::name)
        .containsExactly("disk", "blue-train-1", "blue-train-0");
    assertThat(scenario.pods()).map(PodSpec::needsGpu).containsExactly(false, true, true);
  }

  /** 8 cores are four pairs, 4 GPUs the default. */
  @Test
  void packedJobsFillGpusAndPairsOfCores() {
    assertThat(hosts(scenario("placement: packed\n" + TWO_TENANTS).pods()))
        .containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 0, 0, 0, 0);
  }

  @Test
  void spreadJobsTakeEveryHostInTurn() {
    assertThat(hosts(scenario(TWO_TENANTS).pods()))
        .containsExactly(0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3);
  }

  /** 16 GPUs: 8 ranks and then 4 servers leave 4 for the 6 ranks of green. */
  @Test
  void aJobThatDoesNotFitBesideTheOthersIsPendingWithAReason() {
    Scenario scenario = scenario(
        TWO_TENANTS + "  green: {jobs: [all-reduce: {ranks: 6, bytes: 1MB}]}\n");

    assertThat(scenario.pendingReason("blue", 0)).isEmpty();
    assertThat(scenario.pendingReason("green", 0)).contains("needs 6 GPUs, 4 of 16 are free");
    assertThat(scenario.pods("green", 0)).hasSize(6).allMatch(pod -> pod.host().isEmpty());
    assertThat(scenario.pods("red", 0)).noneMatch(pod -> pod.host().isEmpty());
  }

  /** Packed, 8 ranks fill two hosts of 4 GPUs; spread over 4 hosts, rank 4 is on host 0 again. */
  @Test
  void ranksPerHostAreKnownWhereRanksStandInEqualGroups() {
    assertThat(scenario("placement: packed\n" + TWO_TENANTS).ranksPerHost("blue", 0)).hasValue(4);
    assertThat(scenario(TWO_TENANTS).ranksPerHost("blue", 0)).isEmpty();
    assertThat(scenario(TWO_TENANTS.replace("ranks: 8", "ranks: 3")).ranksPerHost("blue", 0))
        .hasValue(1);
  }

  @Test
  void podsThatJobsMakeCanBePlacedByHand() {
    Scenario scenario = scenario("""
        placement: {blue-train-0: host3, blue-train-1: host1}
        tenants: {blue: {jobs: [train: {model: resnet50, ranks: 2}]}}
        """);

    assertThat(hosts(scenario.pods("blue", 0))).containsExactly(3, 1);
  }

  @Test
  void askingForAJobThatIsNotThereIsAMistake() {
    Scenario scenario = scenario(TWO_TENANTS);

    assertThatIllegalArgumentException().isThrownBy(() -> scenario.pods("blue", 1))
        .withMessage("no job blue/1");
  }

  private static List<Integer> hosts(List<PodSpec> pods) {
    return pods.stream().map(pod -> pod.host().getAsInt()).toList();
  }

  private Job job(String tenants, String tenant) {
    return scenario(tenants).tenants().get(tenant).jobs().get(0);
  }

  private Scenario scenario(String tenants) {
    return Scenarios.read(folder, OPENING + tenants).points().get(0).scenario();
  }
}
