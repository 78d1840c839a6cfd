package org.podpath.experiments.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.cni.CostTable;
import org.podpath.cni.OperationCost;
import org.podpath.cni.Profiles;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.run.CostFile;

class CalibrateCostsTest {
  private static final Path NAMESPACES = Path.of("calibration", "namespaces.yaml");
  private static final String HEADER = String.join(",", MeasurementFile.COLUMNS) + ",note\n";
  private static final String ROW = "rules,legacy,1000,1500,on,64,udprr_p50_same,us,20.9,block=a\n";

  /** Costs of a machine that nobody has. */
  private static final Map<String, Double> TRUTH =
      Map.of(
          "cross veth", 700.0, "cross bridge", 300.0, "route", 650.0, "cross second veth", 250.0,
          "rule: address mismatch", 3.1, "netfilter hook", 150.0, "bridge netfilter", 420.0,
          "wake and read datagram", 2200.0, "VXLAN encapsulate", 1500.0, "send datagram", 1300.0);

  private static final double TRAIN = 0.55;

  @TempDir
  Path folder;

  /** 1 % of noise, three rows of each kind. Sums of what always comes together are known, not parts. */
  @Test
  void costsOfAMachineAreRecoveredFromNoisyMeasurementsOfIt() throws IOException {
    CalibrateCosts calibration = calibration(synthetic(3, 0.01));

    Map<String, Double> costs = costs(calibration);
    assertThat(costs.get("rule: address mismatch")).isCloseTo(3.1, within(0.06));
    assertThat(costs.get("netfilter hook")).isCloseTo(150, within(60.0));
    assertThat(costs.get("bridge netfilter")).isCloseTo(420, within(60.0));
    assertThat(costs.get("cross bridge") + costs.get("cross second veth"))
        .isCloseTo(550, within(30.0));
    assertThat(costs.get("route") + costs.get("cross second veth")).isCloseTo(900, within(45.0));
    assertThat(costs.get("VXLAN encapsulate") + costs.get("VXLAN decapsulate"))
        .isCloseTo(1500 + 1760, within(130.0));
    assertThat(calibration.trainRatio()).isCloseTo(TRAIN, within(0.08));
  }

  @Test
  void rowsLeftOutArePredicted() throws IOException {
    StringBuilder text = new StringBuilder();

    calibration(synthetic(1, 0.005)).printPredictions(HeldOut.of("scenario=chain"), text);

    assertThat(text.toString()).startsWith("without scenario=chain: ");
    double medianPercent =
        text.toString()
            .lines()
            .filter(line -> line.startsWith("udprr_p50_same"))
            .map(line -> line.split(" +")[2])
            .mapToDouble(Double::parseDouble)
            .findFirst()
            .orElseThrow();
    assertThat(medianPercent).isLessThan(3);
  }

  @Test
  void theReportSaysWhatWasFittedHowWellAndWhatIsOpen() throws IOException {
    StringBuilder text = new StringBuilder();
    Path out = folder.resolve("costs.csv");

    calibration(synthetic(1, 0.01)).print(Optional.of(out), text);

    assertThat(text.toString())
        .contains("rows fitted by ", "left_out_median_%", "VXLAN decapsulate + VXLAN encapsulate",
            "cluster: {costs: costs.csv}");
    assertThat(CostFile.read(out, CostTable.of("ref")))
        .extracting(OperationCost::operation)
        .contains("cross veth", "rule: address mismatch");
  }

  @Test
  void everyRowIsWrittenWithItsErrors() throws IOException {
    Path file = folder.resolve("residuals.csv");

    calibration(synthetic(1, 0.01)).writeResiduals(file);

    List<String> lines = Files.readAllLines(file);
    // 14 paths by 6 metrics, and the names of the columns
    assertThat(lines).hasSize(1 + 14 * 6);
    assertThat(lines.get(1)).startsWith("2,0,baseline,lo,0,1500,on,64,udprr_p50_same,");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "rules,legacy,1000,1500,on,64,udprr_p50_same,furlong,20.9,x | 2: unit 'furlong' of"
          + " udprr_p50_same is not known; write one of [ms, ns, s, us]",
      "rules,legacy,1000,1500,on,64,tcp_stream_same,us,20.9,x | 2: unit 'us' of tcp_stream_same is"
          + " not known; write one of [Gbit/s, Mbit/s, bit/s, kbit/s]",
      "rules,legacy,many,1500,on,64,udprr_p50_same,us,20.9,x | 2: rules_or_entries: 'many' is no"
          + " whole number from 0; write one",
      "rules,legacy,1,1500,maybe,64,udprr_p50_same,us,20.9,x | 2: offload: 'maybe' is neither; write"
          + " on or off",
      "rules,legacy,1,1500,on,64,udprr_p50_same,us,-1,x | 2: median: '-1' is no number above 0;"
          + " write one such as 13.16",
      "rules,legacy,1,1500,on,64,udprr_p50_same,us | 2: 8 fields; write 10, as in line 1",
      "rules,legacy,1,1500,on,64,colour,us,1,x | 1: no row can be fitted; write rows with one of the"
          + " metrics [udprr_p50_same, tcprr_p50_same, crr_p50_same, flood_ns_per_pkt,"
          + " flows_first_ns_per_pkt, tcp_stream_same]",
      "rules,wormhole,1,1500,on,64,udprr_p50_same,us,1,x | 2: no path for scenario 'rules', dataplane"
          + " 'wormhole', 1; add one to calibration/namespaces.yaml",
      "rules,legacy,1000,1500,on,64,udprr_p50_same,us,20.9,x | 1: 1 rows for 9 unknown costs; write"
          + " at least as many rows, or paths with fewer operations"
  })
  void aRowThatCannotBeFittedIsSaidWithItsLine(String row, String fault) throws IOException {
    assertThat(fault(HEADER + row + "\n")).isEqualTo(folder.resolve("m.csv") + ":" + fault);
  }

  @Test
  void aMissingColumnIsSaid() throws IOException {
    assertThat(fault("scenario,dataplane\nx,y\n")).isEqualTo(
        folder.resolve("m.csv") + ":1: no column 'rules_or_entries'; write the columns "
            + MeasurementFile.COLUMNS);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "roads: [] | 1: no list of paths; write 'paths:' and below it lines such as '- {dataplane: veth,"
          + " path: {same-host: [cross veth]}}'",
      "paths: [{dataplane: legacy}] | 1: no path; write '{dataplane: …, path: {same-host: […]}}'",
      "paths: [{colour: red, path: {same-host: [route]}}] | 1: unknown key 'colour'; write path and"
          + " some of [scenario, dataplane, rules_or_entries, block]",
      "paths: [{path: {same-host: [warp]}}] | 1: same-host: no cost for 'warp' in kernel-costs.csv;"
          + " add a row, or use one of [",
      "paths: [{path: {send: [route], receive: [route]}}] | 1: path: no same-host; client and server"
          + " of a measurement are on one host, write same-host: […]",
      "paths: [{path: {same-host: [{bridge: none}]}}] | 1: bridge: 'none' is not a whole number from"
          + " 1 to 1000; write one"
  })
  void aFileOfPathsIsCheckedToo(String paths, String fault) throws IOException {
    Path pathFile = Files.writeString(folder.resolve("p.yaml"), paths + "\n");
    Path file = Files.writeString(folder.resolve("m.csv"), HEADER + ROW);

    WrongInput wrong =
        catchThrowableOfType(
            WrongInput.class,
            () -> new CalibrateCosts(file, pathFile, "linux618").costFile());

    assertThat(wrong.lines().getFirst()).startsWith(pathFile + ":" + fault);
  }

  @Test
  void whatToLeaveOutIsAColumnWithAValueThatRowsHave() throws IOException {
    assertThat(catchThrowableOfType(WrongInput.class, () -> HeldOut.of("colour=red")).lines())
        .first()
        .asString()
        .startsWith("--without colour=red: 'colour=red' is no column with a value; write"
            + " scenario=chain or the like, with the columns [scenario, ");
    CalibrateCosts calibration = calibration(HEADER + ROW);
    assertThat(
        catchThrowableOfType(
            WrongInput.class,
            () -> calibration.printPredictions(HeldOut.of("scenario=x"), new StringBuilder()))
                .lines()).first()
                    .asString()
                    .startsWith("--without scenario=x: no row of ");
  }

  private String fault(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("m.csv"), text);
    return catchThrowableOfType(
        WrongInput.class, () -> new CalibrateCosts(file, NAMESPACES, "linux618").costFile())
            .lines()
            .getFirst();
  }

  private CalibrateCosts calibration(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("m.csv"), text);
    return new CalibrateCosts(file, NAMESPACES, "linux618");
  }

  private static Map<String, Double> costs(CalibrateCosts calibration) throws IOException {
    Path file = Files.createTempFile("costs", ".csv");
    Files.writeString(file, calibration.costFile());
    Map<String, Double> costs = new TreeMap<>();
    CostFile.read(file, CostTable.of("ref")).forEach(c -> costs.put(c.operation(), c.value()));
    Files.delete(file);
    return costs;
  }

  /** What the closed form says of a machine with the costs of {@link #TRUTH}, with noise. */
  private static String synthetic(int each, double noiseRatio) throws IOException {
    CostTable table = CostTable.of("");
    CostTable truth =
        table.with(
            TRUTH.entrySet().stream().map(e -> table.row(e.getKey()).at(e.getValue())).toList());
    HostProfile profile = Design.train(Profiles.of("linux618"), TRAIN);
    MeasuredPaths paths =
        MeasuredPaths.parse("namespaces.yaml", Files.readString(NAMESPACES));
    Random random = new Random(1);
    StringBuilder text = new StringBuilder(HEADER);
    List<String> kinds =
        List.of(
            "baseline,lo,0", "baseline,veth,0", "baseline,bridge,0", "baseline,bridgenf,0",
            "baseline,routed,0", "baseline,bridgevxlan,0", "chain,bridge,2", "chain,bridge,4",
            "chain,routed,2", "chain,routed,4", "rules,legacy,0", "rules,legacy,1000",
            "rules,legacy,2000", "conntrack,ct,0");
    for (String kind : kinds) {
      for (String metric : List.of(
          "on,64,udprr_p50_same,ns", "on,64,tcprr_p50_same,ns", "on,64,flood_ns_per_pkt,ns",
          "on,64,crr_p50_same,ns", "on,0,tcp_stream_same,Gbit/s", "off,0,tcp_stream_same,Gbit/s")) {
        for (int i = 0; i < each; i++) {
          String[] k = kind.split(",");
          String[] m = metric.split(",");
          Measured row =
              new Measured(
                  0, "", k[0], k[1], Integer.parseInt(k[2]), 1500, m[0].equals("on"),
                  Integer.parseInt(m[1]), Observable.of(m[2]).orElseThrow(), 1);
          double ns = new PathTimes(row, paths.of(row).orElseThrow()).ns(truth, profile);
          double value =
              (m[3].equals("ns") ? ns : 8 / ns) * (1 + noiseRatio * random.nextGaussian());
          text.append(
              String.format(
                  Locale.ROOT, "%s,1500,%s,%s,%s,%s,%.6f,block=%d%n", kind, m[0], m[1], m[2], m[3],
                  value, i));
        }
      }
    }
    return text.toString();
  }
}
