package org.podpath.workloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.podpath.workloads.Placement.ByHand;
import org.podpath.workloads.Placement.Machines;
import org.podpath.workloads.Placement.Placed;
import org.podpath.workloads.Placement.Request;
import org.podpath.workloads.Placement.Rule;

class PlacementTest {
  /** 12 GPUs, and 6 pairs of cores. */
  private static final Machines THREE_HOSTS = new Machines(3, 4, 5);

  @Test
  void packedRanksFillTheGpusOfAHostBeforeTheNext() {
    Placed placed = Rule.PACKED.place(ranks("blue", 6), THREE_HOSTS);

    assertThat(placed.hostByPod().values()).containsExactly(0, 0, 0, 0, 1, 1);
  }

  @Test
  void aPackedJobBeginsOnTheHostThatTheJobBeforeItLeftHalfFull() {
    List<Request> requests = of(ranks("blue", 6), ranks("red", 4));

    assertThat(Rule.PACKED.place(requests, THREE_HOSTS).hostByPod().values())
        .containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 2, 2);
  }

  /** Five cores are two pairs. */
  @Test
  void packedPodsWithoutAGpuFillPairsOfCores() {
    assertThat(Rule.PACKED.place(clients("blue", 5), THREE_HOSTS).hostByPod().values())
        .containsExactly(0, 0, 1, 1, 2);
  }

  @Test
  void packedPodsWithAndWithoutGpuDoNotTakeEachOthersRoom() {
    List<Request> requests = of(ranks("blue", 4), clients("blue", 3));

    assertThat(Rule.PACKED.place(requests, THREE_HOSTS).hostByPod().values())
        .containsExactly(0, 0, 0, 0, 0, 0, 1);
  }

  @Test
  void aHostOfOneCoreStillTakesAPackedPod() {
    assertThat(
        Rule.PACKED.place(clients("blue", 2), new Machines(2, 0, 1)).hostByPod().values())
            .containsExactly(0, 1);
  }

  @Test
  void spreadPodsGoRoundAndRound() {
    List<Request> requests = of(ranks("blue", 4), clients("red", 3));

    assertThat(Rule.SPREAD.place(requests, THREE_HOSTS).hostByPod().values())
        .containsExactly(0, 1, 2, 0, 1, 2, 0);
  }

  /** One GPU a host: the client takes a turn, so the next rank begins on host 1 and finds 1, 2. */
  @Test
  void spreadRanksPassByHostsWithoutAFreeGpu() {
    List<Request> requests = of(ranks("blue", 1), clients("blue", 3), ranks("red", 2));

    assertThat(Rule.SPREAD.place(requests, new Machines(3, 1, 4)).hostByPod().values())
        .containsExactly(0, 1, 2, 0, 1, 2);
  }

  @ParameterizedTest
  @EnumSource
  void aJobThatDoesNotFitBesideThoseBeforeItIsPendingAsAWhole(Rule rule) {
    List<Request> requests = of(ranks("blue", 8), ranks("red", 5), ranks("green", 4));

    Placed placed = rule.place(requests, THREE_HOSTS);

    assertThat(placed.reasonByPendingJob())
        .containsExactly(Map.entry("red", "needs 5 GPUs, 4 of 12 are free"));
    assertThat(placed.hostByPod()).hasSize(12).doesNotContainKey("red0").containsKey("green3");
  }

  @Test
  void aReasonNamesEverythingThatIsMissing() {
    List<Request> requests =
        of(ranks("blue", 11), clients("red", 5), of(ranks("green", 2), clients("green", 2)));

    assertThat(Rule.PACKED.place(requests, THREE_HOSTS).reasonByPendingJob()).containsExactly(
        Map.entry(
            "green", "needs 2 GPUs, 1 of 12 is free; needs 2 pairs of cores, 1 of 6 is free"));
  }

  @Test
  void aReasonForASinglePodIsInTheSingular() {
    List<Request> requests = of(ranks("blue", 12), ranks("red", 1));

    assertThat(Rule.SPREAD.place(requests, THREE_HOSTS).reasonByPendingJob())
        .containsExactly(Map.entry("red", "needs 1 GPU, 0 of 12 are free"));
  }

  @Test
  void aPodOfTwoJobsIsPlacedOnce() {
    List<Request> requests = List.of(
        new Request("a", "blue/0", false), new Request("b", "blue/0", false),
        new Request("a", "blue/1", false), new Request("c", "blue/1", false));

    assertThat(Rule.SPREAD.place(requests, THREE_HOSTS).hostByPod())
        .containsExactly(Map.entry("a", 0), Map.entry("b", 1), Map.entry("c", 2));
  }

  @Test
  void aPodOfAPendingJobIsPlacedByAnotherJobThatHasRoom() {
    List<Request> requests = List.of(
        new Request("a", "blue/0", false), new Request("b", "blue/0", true),
        new Request("a", "blue/1", false));

    Placed placed = Rule.SPREAD.place(requests, new Machines(1, 0, 4));

    assertThat(placed.hostByPod()).containsExactly(Map.entry("a", 0));
    assertThat(placed.reasonByPendingJob()).containsOnlyKeys("blue/0");
  }

  @Test
  void podsPlacedByHandAreWhereTheHandPutThem() {
    Placement byHand = new ByHand(Map.of("blue0", 2, "blue1", 2, "blue2", 0));

    assertThat(byHand.place(ranks("blue", 3), THREE_HOSTS).hostByPod())
        .containsExactly(Map.entry("blue0", 2), Map.entry("blue1", 2), Map.entry("blue2", 0));
  }

  @Test
  void podsPlacedByHandNeedAGpuOfTheirHost() {
    Placement byHand = new ByHand(Map.of("blue0", 1, "blue1", 1, "red0", 1, "red1", 0));
    List<Request> requests = of(ranks("blue", 2), ranks("red", 2));

    assertThat(byHand.place(requests, new Machines(2, 2, 4)).reasonByPendingJob())
        .containsExactly(Map.entry("red", "needs 1 GPU of host1, 0 of 2 are free"));
  }

  @Test
  void aPodPlacedByHandOnAHostThatIsNotThereIsAMistake() {
    Placement byHand = new ByHand(Map.of("blue0", 3));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> byHand.place(ranks("blue", 1), THREE_HOSTS))
        .withMessage("pod 'blue0' is placed on host 3 of 3");
  }

  private static List<Request> ranks(String job, int ranks) {
    return requests(job, 0, ranks, true);
  }

  /** Numbered from 100, so that a job may have ranks too. */
  private static List<Request> clients(String job, int clients) {
    return requests(job, 100, clients, false);
  }

  private static List<Request> requests(String job, int first, int pods, boolean needsGpu) {
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < pods; i++) {
      requests.add(new Request(job + (first + i), job, needsGpu));
    }
    return requests;
  }

  @SafeVarargs
  private static List<Request> of(List<Request>... jobs) {
    List<Request> requests = new ArrayList<>();
    for (List<Request> job : jobs) {
      requests.addAll(job);
    }
    return requests;
  }
}
