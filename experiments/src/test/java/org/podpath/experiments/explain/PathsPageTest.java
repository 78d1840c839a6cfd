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

  /** VXLAN: 50 bytes of the MTU, 1320 ns at each end. A tag stands outside the MTU. */
  @Test
  void everyProviderNetworkHasALine() {
    assertThat(PathReport.page())
        .contains("\n| none | 0 | 0 | 0 | 0 |\n| flat | 0 | 0 | 0 | 0 |\n")
        .contains("\n| vlan | 4 | 0 | 40 | 40 |\n| gre | 42 | 42 | 550 | 550 |\n")
        .contains("\n| vxlan | 50 | 50 | 1320 | 1320 |\n");
  }

  @Test
  void theCostsThatThePageLinksToAreThere() {
    assertThat(PathReport.page())
        .contains("](src/main/resources/org/podpath/cni/kernel-costs.csv)");
    assertThat(PAGE.resolveSibling("src/main/resources/org/podpath/cni/kernel-costs.csv")).exists();
  }
}
