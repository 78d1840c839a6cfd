package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.scenario.Experiment;

class MeasurementsTest {
  private static final String SCENARIO = """
      experiment: measured
      cluster: {hosts: 2, profile: ref}
      network: {cni: host}
      tenants: {blue: {jobs: [stream: {from: a, to: b, bytes: 1MB}]}}
      sweep: {network.cni: [host, cilium]}
      measured: m.csv
      """;
  private static final String HEAD = "network.cni,metric,unit,value,low,high,source,fitted\n";

  @TempDir
  private Path folder;

  @Test
  void aRowHoldsForThePointThatItsAxesName() throws IOException {
    Measurement cilium = read("cilium,throughput,Gb/s,20,,,somebody,nothing\n").getFirst();

    List<Outcome> outcomes = Scenarios.outcomes(experiment());

    assertThat(outcomes.stream().filter(cilium::isOf))
        .singleElement()
        .satisfies(o -> assertThat(o.params()).containsEntry("network.cni", "cilium"));
    assertThat(cilium.errorPercent(21)).hasValueCloseTo(5.0, within(1e-9));
  }

  @Test
  void theEndsOfARangeBelongToIt() throws IOException {
    Measurement range = read("host,throughput,Gb/s,,6.5,7.3,somebody,nothing\n").getFirst();

    assertThat(range.contains(6.5)).isTrue();
    assertThat(range.contains(7.3)).isTrue();
    assertThat(range.contains(7.31)).isFalse();
  }

  @Test
  void everyFaultHasItsLine() throws IOException {
    String rows =
        "host,thruput,Gb/s,1,,,s,f\n" + "host,throughput,Mb/s,1,,,s,f\n"
            + "host,throughput,Gb/s,,,,s,f\n" + "host,throughput,Gb/s,fast,,,s,f\n";

    WrongInput wrong = catchThrowableOfType(WrongInput.class, () -> read(rows));

    String file = folder.resolve("m.csv") + ":";
    assertThat(wrong.lines())
        .containsExactly(
            file + "2: unknown metric 'thruput'; write one of " + Metric.ids(),
            file + "3: unit 'Mb/s'; write Gb/s",
            file + "4: neither value nor range; write a value, or low and high",
            file + "5: value: 'fast' is not a number; write one such as 9.84",
            file + "5: neither value nor range; write a value, or low and high");
  }

  @Test
  void aMissingColumnIsNamedOnce() throws IOException {
    Files.writeString(folder.resolve("m.csv"), "network.cni,metric\nhost,throughput\nhost,cpu\n");

    WrongInput wrong =
        catchThrowableOfType(WrongInput.class, () -> Measurements.of(experiment()));

    assertThat(wrong.lines())
        .containsExactly(
            folder.resolve("m.csv")
                + ":1: no column 'unit'; write the columns [metric, unit, value, low, high, source,"
                + " fitted]");
  }

  private List<Measurement> read(String rows) throws IOException {
    Files.writeString(folder.resolve("m.csv"), HEAD + rows);
    return Measurements.of(experiment());
  }

  private Experiment experiment() {
    return Scenarios.ofText(folder, SCENARIO);
  }
}
