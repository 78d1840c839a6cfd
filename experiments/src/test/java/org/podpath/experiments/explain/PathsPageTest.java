package org.podpath.experiments.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.podpath.cni.CniCatalog;

class PathsPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("basedir", "."), "..", "models", "cni", "PATHS.md").normalize();

  @Test
  void thePageIsWhatTheListsSay() throws IOException {
    String fresh = PathReport.page();
    String committed = Files.exists(PAGE) ? Files.readString(PAGE) : "";

    if (!fresh.equals(committed)) {
      Files.writeString(PAGE, fresh);
      fail(PAGE.getFileName() + " was stale and has been written anew; commit it");
    }
  }

  @ParameterizedTest
  @EnumSource(CniCatalog.class)
  void everyNetworkHasAChapterAndALineInTheOverview(CniCatalog network) {
    assertThat(PathReport.page())
        .contains("\n## " + network.id() + "\n")
        .contains("\n| [" + network.id() + "](#" + network.id() + ") | ");
  }

  @Test
  void theCostsThatThePageLinksToAreThere() {
    assertThat(PathReport.page())
        .contains("](src/main/resources/org/podpath/cni/kernel-costs.csv)");
    assertThat(PAGE.resolveSibling("src/main/resources/org/podpath/cni/kernel-costs.csv")).exists();
  }
}
