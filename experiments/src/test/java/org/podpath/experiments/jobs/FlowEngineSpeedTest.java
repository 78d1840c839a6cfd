package org.podpath.experiments.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.podpath.engine.results.FinishedFlow;

class FlowEngineSpeedTest {
  private static final int RANKS = 256;

  @TempDir
  private Path folder;

  /** 510 ring steps with all ranks at once, five times what is asked for in 2 s. */
  @Test
  @Tag("slow")
  void aRingOf256RanksIsPlayedInSeconds() {
    Played played = Played.first(folder, """
        experiment: speed
        engine: flow
        cluster: {hosts: 256, gpus: 1, nic: 10Gbps}
        network: {cni: cilium}
        tenants: {blue: {jobs: [all-reduce: {ranks: 256, bytes: 100MB}]}}
        """);

    double seconds = played.result().cost().wallNs() / 1e9;
    assertThat(played.result().report().flows()).hasSize(RANKS * 2 * (RANKS - 1))
        .allMatch(FinishedFlow::complete);
    assertThat(seconds).isLessThan(10);
  }
}
