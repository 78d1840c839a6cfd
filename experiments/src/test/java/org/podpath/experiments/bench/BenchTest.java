package org.podpath.experiments.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.podpath.experiments.WrongInput;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class BenchTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

  @Test
  void aWorkloadIsOneJsonObjectOnOneLine() throws IOException, InterruptedException {
    Bench.run(List.of("w1"), true, out);

    String line = written.toString(StandardCharsets.UTF_8);
    assertThat(line.lines()).hasSize(1);
    Object object = new Load(LoadSettings.builder().build()).loadFromString(line);
    assertThat(object).asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
        .containsEntry("workload", "w1")
        .containsKeys(
            "workload", "wall_s", "cpu_s", "events_per_cpu_s", "allocated_bytes_per_event",
            "checksum");
  }

  @Test
  void withoutJsonThereIsATable() throws IOException, InterruptedException {
    Bench.run(List.of("w1"), false, out);

    List<String> lines = written.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).startsWith("workload").contains("cpu_s").endsWith("checksum");
    assertThat(lines.get(1)).startsWith("w1");
  }

  @Test
  void nothingRunsWhereANameIsUnknown() {
    assertThatExceptionOfType(WrongInput.class)
        .isThrownBy(() -> Bench.run(List.of("w1", "w9"), true, out));

    assertThat(written.size()).isZero();
  }
}
