package org.podpath.experiments.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.podpath.experiments.WrongInput;

class WorkloadTest {
  @Test
  void holdStandsForAllItsSizes() {
    assertThat(Workload.named(List.of("hold")))
        .containsExactly(Workload.HOLD_1K, Workload.HOLD_10K, Workload.HOLD_100K);
  }

  @Test
  void workloadsComeInTheOrderOfTheirNamesAndOnce() {
    assertThat(Workload.named(List.of("w1", "hold-10k", "w1")))
        .containsExactly(Workload.W1, Workload.HOLD_10K);
  }

  @Test
  void noNameMeansAllOfThem() {
    assertThat(Workload.named(List.of())).containsExactly(Workload.values());
  }

  @Test
  void everyUnknownNameIsAFaultThatNamesTheKnownOnes() {
    assertThatExceptionOfType(WrongInput.class)
        .isThrownBy(() -> Workload.named(List.of("w1", "w9", "holt")))
        .satisfies(wrong -> assertThat(wrong.lines()).containsExactly(
            "bench: unknown workload 'w9'; write one of " + Workload.knownNames(),
            "bench: unknown workload 'holt'; write one of " + Workload.knownNames()));
  }

  @ParameterizedTest
  @EnumSource
  void everyWorkloadCanBeNamedAndSaysWhatItIs(Workload workload) {
    assertThat(Workload.knownNames()).contains(workload.label());
    assertThat(workload.description()).isNotBlank();
  }

  /** Fixed for good: another machine or another queue must give the same times. */
  @Test
  void theChecksumsAreTheSameOnEveryMachine() {
    assertThat(new Hold(1_000, 10_000).run())
        .isEqualTo(Work.ofEvents(10_000, -5190081428509687493L));
    assertThat(new SingleServer(5_000).run())
        .isEqualTo(Work.ofEvents(10_000, -2521781661606635381L));
  }
}
