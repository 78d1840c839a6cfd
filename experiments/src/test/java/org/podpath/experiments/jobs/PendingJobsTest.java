package org.podpath.experiments.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PendingJobsTest {
  @TempDir
  private Path folder;

  /** 6 of 8 GPUs are taken. The job that never runs is not played alone either. */
  @Test
  void aJobThatDoesNotFitBesideOthersIsPendingAndTheRunEnds() {
    List<Played> runs = Played.all(folder, """
        experiment: pending
        cluster: {hosts: 2, gpus: 4, nic: 10Gbps}
        network: {cni: cilium}
        tenants:
          blue: {jobs: [train: {ranks: 6, bytes: 1MB, compute: 1ms, steps: 2}]}
          red: {jobs: [train: {ranks: 4, bytes: 1MB, compute: 1ms, steps: 2}]}
        """);

    assertThat(runs).hasSize(1);
    Played played = runs.getFirst();
    assertThat(played.result().status()).isEqualTo("ok");
    assertThat(played.job("blue/0").steps()).hasSize(2);
    assertThat(played.job("red/0").pendingReason())
        .contains("needs 4 GPUs, 2 of 8 are free");
    assertThat(played.job("red/0").steps()).isEmpty();
    assertThat(played.result().simulatedPs()).isEqualTo(played.job("blue/0").donePs());
  }
}
