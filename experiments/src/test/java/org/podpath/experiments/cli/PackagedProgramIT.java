package org.podpath.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged program as a user starts it: its jars, its files, its messages, its exit status. */
class PackagedProgramIT {
  private static final Path JAR = Path.of("target/podpath/lib/podpath-experiments-0.1.0.jar");
  private static final String COMPARISON = "scenarios/cni-comparison.yaml";

  @TempDir
  private Path folder;

  private record Answer(int status, String out, String err) {}

  @Test
  void theMainJobPrintsItsTableAndWritesParquetThatDuckDbOpens() {
    Path results = folder.resolve("results");

    Answer run = podpath("run", COMPARISON, "--out", results.toString());

    assertThat(run.err()).doesNotContain("SLF4J").doesNotContain("WARNING");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out().lines().filter(line -> line.endsWith("  yes"))).hasSize(18);
    assertThat(run.out()).doesNotContain("NO");
    Answer query =
        podpath(
            "query", results.toString(),
            "SELECT count(*) AS runs, count(DISTINCT point) AS points FROM runs WHERE status = 'ok'");
    assertThat(query.out().lines().map(String::strip)).containsExactly("runs  points",
        "280      28");
  }

  /** A pcapng begins with 0a0d0d0a, and has 1a2b3c4d as its sender's computer writes it. */
  @Test
  void capturedFramesLieBesideTheTables() throws IOException {
    Path scenario = folder.resolve("x.yaml");
    Files.writeString(scenario, """
        experiment: x
        cluster: {hosts: 2}
        network: {cni: cilium}
        tenants: {t: {jobs: [stream: {from: a, to: b, bytes: 1MB}]}}
        capture: {links: [host0.up], frames: 10}
        """);
    Path results = folder.resolve("results");

    Answer run = podpath("run", scenario.toString(), "--out", results.toString());

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err()).contains("note: the capture holds the first 10 of ");
    byte[] file = Files.readAllBytes(results.resolve("capture.pcapng"));
    assertThat(HexFormat.of().formatHex(file, 0, 4)).isEqualTo("0a0d0d0a");
    assertThat(HexFormat.of().formatHex(file, 8, 12)).isEqualTo("4d3c2b1a");
  }

  /** Every table but executions, byte for byte, in two JVMs with one and two threads. */
  @Test
  void theSameSeedGivesTheSameBytesInTwoProcessesWithOneAndTwoThreads() {
    List<Map<String, String>> digests = new ArrayList<>();
    for (String threads : List.of("1", "2")) {
      Path results = folder.resolve("with-" + threads);
      Answer run =
          podpath("run", COMPARISON, "--out", results.toString(), "--jobs", threads, "--set",
              "repeat=2");
      assertThat(run.status()).as(run.err()).isZero();
      digests.add(digests(results));
    }

    assertThat(digests.get(0)).hasSize(9).isEqualTo(digests.get(1));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "experiment: x\\ncluster: {hosts: 2, speed: 1}\\nnetwork: {cni: host}\\n"
          + "tenants: {t: {jobs: [stream: {from: a, to: b, bytes: 1MB}]}}\\n"
          + "| x.yaml:2: unknown key 'speed'",
      "experiment: x\\ncluster: {hosts: 2}\\nnetwork: {cni: celium}\\n"
          + "tenants: {t: {jobs: [stream: {from: a, to: b, bytes: 1MB}]}}\\n"
          + "| x.yaml:3: ",
      "experiment: x\\ncluster: {hosts: 2, nic: 0Gbps}\\nnetwork: {cni: host}\\n"
          + "tenants: {t: {jobs: [stream: {from: a, to: b, bytes: 1MB}]}}\\n"
          + "| x.yaml:2: ",
      "experiment: x\\ncluster: {hosts: 2}\\nnetwork: {cni: host}\\n"
          + "tenants: {t: {jobs: [stream: {from: a, to: b, bytes: 100}]}}\\n"
          + "| x.yaml:4: ",
      "experiment: x\\ncluster: &a {hosts: 2, pin: *a}\\n| x.yaml:2: ",
      "{: not yaml\\n| x.yaml:1: "})
  void aWrongScenarioIsOneLineWithItsPlaceAndStatusTwo(String text, String start)
      throws IOException {
    Path file = folder.resolve("x.yaml");
    Files.writeString(file, text.replace("\\n", "\n"));

    Answer run = podpath("run", file.toString(), "--out", folder.resolve("out").toString());

    assertThat(run.status()).isEqualTo(Podpath.WRONG_INPUT);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines().toList().getFirst()).startsWith(folder + "/" + start.strip());
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void resultsAreNeverOverwrittenWithoutForce() {
    Path results = folder.resolve("results");
    String[] run = {"run", "scenarios/daocloud-2023.yaml", "--out", results.toString(), "-q"};
    assertThat(podpath(run).status()).isZero();
    Map<String, String> before = digests(results);

    Answer again = podpath(run);

    assertThat(again.status()).isEqualTo(Podpath.WRONG_INPUT);
    assertThat(again.err())
        .isEqualTo(
            results
                + ": holds results already; write --force to replace them, or --out with another"
                + " folder\n");
    assertThat(digests(results)).isEqualTo(before);
  }

  @Test
  void aTraceOfManyRunsIsRefused() {
    Answer run =
        podpath("run", COMPARISON, "--out", folder.resolve("r").toString(), "--trace", "t.txt");

    assertThat(run.status()).isEqualTo(Podpath.WRONG_INPUT);
    assertThat(run.err())
        .startsWith("--trace t.txt: a trace is of one run, these are 280; narrow the sweep");
  }

  @Test
  void aTraceTellsWhatHappensInWords() throws IOException {
    Path trace = folder.resolve("trace.txt");

    Answer run =
        podpath(
            "run", COMPARISON, "--out", folder.resolve("r").toString(), "--trace", trace.toString(),
            "--set", "cni=cilium", "--set", "case=other-host request", "--set", "repeat=1");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(Files.readAllLines(trace).getFirst())
        .matches(" +\\d+\\.\\d{3} us  host0\\.cpu0 +sends   flow 0  1 B");
  }

  @Test
  void twoTenantsAreToldWhatSharingCosts() throws IOException {
    Path results = folder.resolve("results");
    Path timeline = folder.resolve("timeline.json");

    Answer run =
        podpath("run", "scenarios/two-tenants.yaml", "--out", results.toString(), "--timeline",
            timeline.toString(), "--set", "network.cni=cilium", "--set", "duration=1500ms");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out().lines().toList().getFirst()).contains("alone", "together", "× alone");
    assertThat(run.out()).contains("step_time", "p50");
    assertThat(Files.readString(timeline)).startsWith("{\"traceEvents\":[").contains("rank 7");
    Answer jobs =
        podpath("query", results.toString(),
            "SELECT kind, slowdown_ratio > 1.0 AS slower FROM jobs JOIN runs USING (run_id)"
                + " WHERE params['alone'] IS NULL ORDER BY kind");
    assertThat(jobs.out().lines().map(String::strip).skip(1))
        .containsExactly("serve  true", "train  true");
  }

  @Test
  void theListsAndExplanationsAnswer() {
    assertThat(podpath("list", "networks").out()).contains("cilium", "sriov");
    assertThat(podpath("explain", "cilium").out()).contains("Cilium from-container program");
    assertThat(podpath("explain", "p99_ns").out()).contains("99th percentile");
    assertThat(podpath("explain", "cluster.receive").out()).contains("pod-core");
    assertThat(podpath("list", "operations").out()).contains("VXLAN encapsulate");
    assertThat(podpath("explain", "nonsense").status()).isEqualTo(Podpath.WRONG_INPUT);
    assertThat(podpath("validate", COMPARISON).out()).contains("28 points, 280 runs");
    assertThat(podpath("--help").out()).contains("Start here:");
    assertThat(podpath("--version").out()).startsWith("podpath 0.1.0");
  }

  /** Rows of veth alone, and a path for them: three costs of a datagram, its copy and the veth. */
  @Test
  void costsAreFittedToMeasurementsAndUsedByAScenario() throws IOException {
    StringBuilder rows =
        new StringBuilder(
            "scenario,dataplane,rules_or_entries,mtu,offload,size,metric,unit,median\n");
    for (int i = 0; i < 6; i++) {
      rows.append("baseline,veth,0,1500,on,64,udprr_p50_same,us,")
          .append(13 + i * 0.01)
          .append('\n');
    }
    Path measured = folder.resolve("measured.csv");
    Files.writeString(measured, rows);
    Path paths = folder.resolve("paths.yaml");
    Files.writeString(paths, "paths: [{path: {same-host: [cross veth between pods]}}]\n");
    Path costs = folder.resolve("costs.csv");

    Answer fit =
        podpath(
            "calibrate", measured.toString(), "--paths", paths.toString(), "--out",
            costs.toString());

    assertThat(fit.status()).as(fit.err()).isZero();
    assertThat(fit.out()).contains("6 rows fitted by 5 costs", "left_out_median_%");
    Path scenario = folder.resolve("x.yaml");
    Files.writeString(scenario, """
        experiment: x
        cluster: {hosts: 1, mtu: 1500, receive: same-core, costs: costs.csv}
        network: {path: {same-host: [cross veth between pods]}}
        tenants:
          t: {jobs: [request-response: {from: a, to: b, protocol: udp, bytes: 64B, count: 10}]}
        """);
    assertThat(podpath("explain", scenario.toString()).out()).contains("cross veth between pods");
    Answer run =
        podpath("run", scenario.toString(), "--out", folder.resolve("results").toString());
    // near the measured 13.0 us, and nearer than the 5.8 us of the priors
    assertThat(run.out().lines().filter(line -> line.startsWith("transaction")).findFirst())
        .hasValueSatisfying(
            line -> assertThat(Double.parseDouble(line.split(" +")[1])).isBetween(12.0, 13.5));
  }

  @Test
  void whatCannotBeFittedIsWrongInput() {
    assertThat(podpath("calibrate", "none.csv"))
        .isEqualTo(
            new Answer(
                Podpath.WRONG_INPUT, "",
                "none.csv: no such file; write the path of a CSV file of measurements\n"));
    assertThat(podpath("calibrate", "none.csv", "--profile", "x").err())
        .startsWith("--profile x: no such profile; write one of [seed10g, ref, ");
  }

  private static Map<String, String> digests(Path results) {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> files = Files.walk(results)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
        String table = file.getParent().getFileName().toString();
        if (!table.equals("executions")) {
          MessageDigest sha = MessageDigest.getInstance("SHA-256");
          digests.put(table, HexFormat.of().formatHex(sha.digest(Files.readAllBytes(file))));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    return digests;
  }

  private Answer podpath(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dpodpath.checkout=" + Path.of("..").toAbsolutePath().normalize(),
                "-jar",
                JAR.toString()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("stdout");
    Path err = folder.resolve("stderr");
    try {
      int status =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start()
              .waitFor();
      return new Answer(
          status,
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
