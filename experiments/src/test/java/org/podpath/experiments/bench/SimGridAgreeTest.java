package org.podpath.experiments.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same random flows on SimGrid with {@code optim:Full}, compiled here. Needs SimGrid and g++; where
 * they are not installed, nothing is tested here but 12 times that are written down in {@code
 * FlowWorkloadsTest}.
 */
class SimGridAgreeTest {
  private static final Path HEADER = Path.of("/usr/include/simgrid/s4u.hpp");
  private static final Path PROGRAM = Path.of("benchmarks/peers/simgrid/run");
  private static final double SAME_RATIO = 1e-6;

  @TempDir
  private Path folder;

  @Test
  void thousandFlowsEndWhenTheyDoInSimGrid() throws Exception {
    assertSameEnds(new RandomFlows(8, 1000, false), "flows-1k");
  }

  @Test
  @Tag("slow")
  void tenThousandFlowsEndWhenTheyDoInSimGrid() throws Exception {
    assertSameEnds(new RandomFlows(8, 10_000, false), "flows-10k");
  }

  private void assertSameEnds(RandomFlows flows, String workload) throws Exception {
    assumeTrue(Files.isReadable(HEADER), "SimGrid is not installed");

    List<String> simGridSeconds = Files.readAllLines(ends(workload));
    flows.run();

    assertThat(simGridSeconds).hasSize(flows.count());
    for (int flow = 0; flow < simGridSeconds.size(); flow++) {
      double seconds = Double.parseDouble(simGridSeconds.get(flow));
      assertThat(flows.endPs(flow) / 1e12).as("flow %d", flow)
          .isCloseTo(seconds, within(SAME_RATIO * seconds));
    }
  }

  /** When each flow ended, in seconds, in order of its number. */
  private Path ends(String workload) throws IOException, InterruptedException {
    Path ends = folder.resolve("ends.txt");
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder("sh", PROGRAM.toString(), workload, "optim:Full", ends.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(said)).isZero();
    return ends;
  }
}
