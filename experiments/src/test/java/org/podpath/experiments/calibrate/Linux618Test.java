package org.podpath.experiments.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.podpath.cni.Profiles;

/** The profile linux618 is what {@code podpath calibrate} makes of its measurements, where they are. */
class Linux618Test {
  private static final Path MEASUREMENTS =
      Path.of("..", "..", "shared", "data", "testbed", "calibrate.csv");
  private static final Path PATHS = Path.of("calibration", "namespaces.yaml");
  private static final Path COSTS =
      Path.of("..", "models", "cni", "src", "main", "resources", "org", "podpath", "cni",
          "kernel-costs.csv");

  @BeforeEach
  void measurementsAreThere() {
    assumeTrue(Files.isReadable(MEASUREMENTS), "measurements of the testbed are not at hand");
  }

  @Test
  void itsRowsAreThoseThatCalibratePrints() throws IOException {
    List<String> committed =
        Files.readAllLines(COSTS).stream().filter(line -> line.contains(",linux618,")).toList();

    assertThat(committed).isEqualTo(calibration().costFile().lines().skip(1).toList());
  }

  @Test
  void itsTrainRatioIsTheFittedOne() {
    String committed =
        Profiles.fields("linux618")
            .stream()
            .filter(field -> field.name().equals("train"))
            .findFirst()
            .orElseThrow()
            .value();

    assertThat(committed).isEqualTo(CostRows.number(calibration().trainRatio(), 3));
  }

  private static CalibrateCosts calibration() {
    return new CalibrateCosts(MEASUREMENTS, PATHS, "linux618");
  }
}
