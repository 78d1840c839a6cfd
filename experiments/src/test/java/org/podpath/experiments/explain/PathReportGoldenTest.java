package org.podpath.experiments.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.podpath.cni.CniCatalog;
import org.podpath.cni.Profiles;

class PathReportGoldenTest {
  private static final Path GOLDEN =
      Path.of(
          System.getProperty("basedir", "."),
          "src/test/resources/org/podpath/experiments/explain/flannel-on-seed10g.txt");

  /** 2.85 · 3,560 = 10,146 ns, and 3.3 times that 33,482; a detour stays warm. */
  @Test
  void flannelReadsLikeTheKernelsPath() throws IOException {
    String fresh = PathReport.text(CniCatalog.FLANNEL, Profiles.of("seed10g"));
    String golden = Files.exists(GOLDEN) ? Files.readString(GOLDEN) : "";

    if (!fresh.equals(golden)) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, fresh);
      fail(GOLDEN.getFileName() + " was stale and has been written anew; commit it");
    }
    assertThat(golden).contains("3560       10146       33482");
  }
}
