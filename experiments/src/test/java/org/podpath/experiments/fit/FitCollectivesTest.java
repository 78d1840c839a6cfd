package org.podpath.experiments.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.podpath.experiments.WrongInput;

class FitCollectivesTest {
  private static final String HEADER = "platform,system,scenario,metric,unit,value\n";
  private static final Path PUBLISHED =
      Path.of("../../shared/data/published/nccl_allreduce.csv");

  /** α = 1 us, β = 10 kB/us: 2 α + 1/β · S; the third time is twice that, the last two are not read. */
  private static final String TWO_RANKS = HEADER + """
      a cluster,a library,all_reduce nodes=2 ranks=2 size_bytes=10000,time,us,3
      a cluster,a library,all_reduce nodes=2 ranks=2 size_bytes=10000000,time,ms,1.002
      a cluster,a library,all_reduce nodes=2 ranks=2 size_bytes=100000,time,us,24
      a cluster,a library,all_reduce nodes=2 ranks=2 size_bytes=100000,busbw,GB/s,8
      a cluster,a library,hypercube nodes=2 ranks=2 size_bytes=100000,time,us,24
      """;

  @TempDir
  private Path folder;

  @Test
  void theReportHasParametersAndErrorsByLinkAndBySize() throws IOException {
    assertThat(report(TWO_RANKS, ClosedForm.RING).lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "link system platform",
            " 1 a library a cluster",
            "",
            "link operation nodes ranks alpha_us beta_GBps small large predicted too_short"
                + " median_error_% max_error_%",
            " 1 all_reduce 2 2 1.000 10.000 10kB 10MB 1 1 50.0 50.0",
            "",
            "size predicted too_short median_error_% max_error_%",
            "to 1 MiB 1 1 50.0 50.0",
            "",
            "all_reduce: 2(n-1) a + 2(n-1)/n S/b; a: alpha, time of a message step; b: beta,"
                + " bytes per second of a rank",
            "sendrecv: a + S/b; all_gather, reduce_scatter, alltoall: (n-1) a + (n-1)/n S/b",
            "fitted: the smallest and the largest size of each link, which are in no error",
            "left out: NCCL changes its protocol (LL, LL128, Simple), algorithm and channels with"
                + " the size; one alpha and one beta cannot",
            "skipped: 2 rows of other metrics or operations",
            "median error of 1 timings, predicted from 2: 50.0 %");
  }

  @Test
  void columnsMayStandInAnyOrderBesideOthers() throws IOException {
    String moved = """
        value,note,unit,metric,scenario,system,platform
        3,"x, y",us,time,all_reduce nodes=2 ranks=2 size_bytes=10000,s,p
        12,,us,time,all_reduce size_bytes=100000 ranks=2 nodes=2,s,p
        1002,,us,time,all_reduce nodes=2 ranks=2 size_bytes=10000000,s,p
        """;

    assertThat(report(moved, ClosedForm.RING)).endsWith("predicted from 2: 0.0 %\n");
  }

  @Test
  void linksAreTheSameOnlyWithTheSameSystemPlatformOperationNodesAndRanks() throws IOException {
    String others = TWO_RANKS.lines()
        .skip(1)
        .map(
            line -> line.replace("a library", "another") + "\n"
                + line.replace("ranks=2", "ranks=4") + "\n")
        .reduce("", String::concat);

    assertThat(report(TWO_RANKS + others, ClosedForm.RING))
        .contains("median error of 3 timings, predicted from 6");
  }

  @Test
  void everyColumnHasToBeThere() {
    assertThat(faults("platform,scenario,metric,value\n"))
        .containsExactly(
            "x.csv:1: no column 'system'; write the columns"
                + " [platform, system, scenario, metric, unit, value]",
            "x.csv:1: no column 'unit'; write the columns"
                + " [platform, system, scenario, metric, unit, value]");
  }

  @Test
  void everyFaultHasItsLineAndWhatToWrite() {
    String bad = TWO_RANKS + """
        p,s,all_reduce nodes=2 ranks=2 size_bytes=1,time,fortnights,3
        p,s,all_reduce nodes=2 ranks=2 size_bytes=2,time,us,-3
        p,s,all_reduce nodes=2 ranks=1 size_bytes=3,time,us,fast
        p,s,all_reduce nodes=2 ranks=2,time,us,3
        a cluster,a library,all_reduce nodes=2 ranks=2 size_bytes=10000,time,us,4
        p,s
        """;

    assertThat(faults(bad))
        .containsExactly(
            "x.csv:7: unit 'fortnights' is no time; write one of [ns, us, ms, s]",
            "x.csv:8: value: '-3' is no time above 0; write a number such as 49.9",
            "x.csv:9: ranks: '1' is no whole number; write one from 2",
            "x.csv:9: value: 'fast' is no time above 0; write a number such as 49.9",
            "x.csv:10: scenario has no 'size_bytes='; write it as in"
                + " 'all_reduce nodes=2 ranks=8 size_bytes=4'",
            "x.csv:11: size_bytes=10000 of the same link is in line 2; write one of the two",
            "x.csv:12: 2 fields; write 6, as in line 1");
  }

  @Test
  void twoSizesLeaveNothingToPredict() {
    String two = TWO_RANKS.lines().limit(3).reduce("", (a, b) -> a + b + "\n");

    assertThat(faults(two))
        .containsExactly(
            "x.csv:2: only 2 sizes of all_reduce of 2 ranks on 2 nodes; write at least 3, two are"
                + " fitted and the others predicted");
  }

  @Test
  void timesThatGiveNoParametersAboveZeroAreRefused() {
    assertThat(faults(TWO_RANKS.replace("ms,1.002", "us,2")))
        .containsExactly(
            "x.csv:2: all_reduce of 2 ranks on 2 nodes: 10000000 bytes took no longer than 10000;"
                + " write a larger size too");
    assertThat(faults(TWO_RANKS.replace("ms,1.002", "s,1")))
        .containsExactly(
            "x.csv:2: all_reduce of 2 ranks on 2 nodes: 10000 bytes took no longer for each byte"
                + " than 10000000; write a smaller size too");
  }

  @Test
  void aFileWithoutTimesOrNoFileIsRefused() {
    assertThat(faults(HEADER))
        .containsExactly(
            "x.csv:1: no row has a time; write rows with the metric 'time' and an operation of"
                + " [all_reduce, reduce_scatter, all_gather, alltoall, sendrecv]");
    Path missing = folder.resolve("y.csv");
    StringBuilder out = new StringBuilder();
    WrongInput wrong =
        catchThrowableOfType(
            WrongInput.class, () -> FitCollectives.print(missing, ClosedForm.RING, out));
    assertThat(wrong.lines())
        .containsExactly(missing + ": no such file; write the path of a CSV file of times");
  }

  /** 446 rows of 18 links, two of each fitted. */
  @Test
  void publishedTimesAreReadAsTheyAre() {
    Assumptions.assumeTrue(Files.isReadable(PUBLISHED));
    StringBuilder out = new StringBuilder();

    FitCollectives.print(PUBLISHED, ClosedForm.RING, out);

    assertThat(out.toString()).contains("median error of 410 timings, predicted from 36: ")
        .doesNotContain("skipped");
  }

  private String report(String text, ClosedForm form) throws IOException {
    StringBuilder out = new StringBuilder();
    FitCollectives.print(Files.writeString(folder.resolve("x.csv"), text), form, out);
    return out.toString();
  }

  private List<String> faults(String text) {
    return catchThrowableOfType(WrongInput.class, () -> report(text, ClosedForm.RING)).lines()
        .stream()
        .map(line -> line.replace(folder + "/", ""))
        .toList();
  }
}
