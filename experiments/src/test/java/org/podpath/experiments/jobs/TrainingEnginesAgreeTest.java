package org.podpath.experiments.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Both engines give a training step the same time, within 5 %, while every core does one
 * thing. What they do not agree on stands here too, with the most they are apart.
 */
class TrainingEnginesAgreeTest {
  private static final String TRAINING = """
      experiment: agree
      cluster: {hosts: %d, gpus: 1, profile: %s, nic: 10Gbps, receive: %s}
      network: {cni: cilium}
      tenants: {blue: {jobs: [train: {ranks: %d, bytes: %s, compute: 20ms, collective: %s,
        overlap: %s, steps: 3}]}}
      """;

  @TempDir
  private Path folder;

  private record Steps(double flowPs, double packetPs) {
    double ratio() {
      return packetPs / flowPs;
    }
  }

  /** Tree of 4 ranks: {@link #twoTreesOfFourRanksWaitForEachOtherInQueues}. */
  @ParameterizedTest
  @CsvSource({
      "ring, 4", "ring, 8", "halving-doubling, 4", "halving-doubling, 8", "tree, 8",
      "parameter-server, 4", "parameter-server, 8"
  })
  void aStepTakesTheSameTimeInBothEngines(String collective, int ranks) {
    agree(collective, ranks, "1MB", "none"); // a bucket has at least 1 MB
    agree(collective, ranks, "25MB", "none");
    if (!collective.equals("parameter-server")) {
      agree(collective, ranks, "25MB", "buckets");
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
      "ring, 4", "ring, 8", "halving-doubling, 4", "halving-doubling, 8", "tree, 8",
      "parameter-server, 4", "parameter-server, 8"
  })
  void aStepOfResNetTakesTheSameTimeInBothEngines(String collective, int ranks) {
    agree(collective, ranks, "102MB", "none");
    if (!collective.equals("parameter-server")) {
      agree(collective, ranks, "102MB", "buckets");
    }
  }

  private void agree(String collective, int ranks, String bytes, String overlap) {
    int hosts = collective.equals("parameter-server") ? ranks + 1 : ranks;
    for (String profile : new String[] {"ref", "seed10g"}) {
      Steps steps = play(hosts, profile, "pod-core", ranks, bytes, collective, overlap);
      double tolerance = shortStreams(collective, profile, bytes) ? 0.14 : 0.05;
      assertThat(steps.ratio())
          .as("%s of %d ranks of %s, %s, %s", collective, ranks, profile, bytes, overlap)
          .isCloseTo(1, within(tolerance));
    }
  }

  /**
   * Streams of several senders meet in a poll, where GRO joins fewer frames of each: presumably that makes
   * them longer on the packet engine; it was not traced.
   */
  private static boolean shortStreams(String collective, String profile, String bytes) {
    boolean meet = collective.equals("tree") || collective.equals("parameter-server");
    return meet && profile.equals("seed10g") && !bytes.equals("102MB");
  }

  /**
   * Both halves of the buffer go up and down two trees of three edges. Where they meet on a link,
   * packets wait in a queue for what came before them, and a chunk that waits holds up its whole
   * tree; streams of the flow engine share the link and hold up nobody.
   */
  @ParameterizedTest
  @CsvSource({"ref, 1.08", "seed10g, 1.15"})
  void twoTreesOfFourRanksWaitForEachOtherInQueues(String profile, double mostRatio) {
    for (String bytes : new String[] {"25MB", "102MB"}) {
      assertThat(play(4, profile, "pod-core", 4, bytes, "tree", "none").ratio())
          .as("%s, %s", profile, bytes)
          .isBetween(0.99, mostRatio);
    }
  }

  /**
   * With RSS, what a rank sends, what it receives and its acknowledgements may meet on one core. Played
   * packet by packet, such a core finds few frames of a flow waiting at each poll, so that received
   * super-packets are smaller and more are acknowledged: with two ranks on SR-IOV, 6.6 ms more of the
   * protocol and 3.7 ms more of the driver in 73 ms. The flow engine charges full ones. Fast cores have
   * room for that.
   */
  @ParameterizedTest
  @CsvSource({
      "ring, ref, 1.06", "halving-doubling, ref, 1.05", "ring, seed10g, 1.10",
      "halving-doubling, seed10g, 1.09"
  })
  void coresThatAreSharedByChanceCostMoreInThePacketEngine(
      String collective, String profile, double mostRatio) {
    for (int ranks : new int[] {4, 8}) {
      assertThat(play(ranks, profile, "rss", ranks, "102MB", collective, "none").ratio())
          .as("%d ranks", ranks)
          .isBetween(0.9, mostRatio);
    }
  }

  private Steps play(Object... training) {
    String text = TRAINING.formatted(training);
    return new Steps(
        Played.first(folder, text, "engine=flow").stepPs("blue/0", 1),
        Played.first(folder, text, "engine=packet").stepPs("blue/0", 1));
  }
}
