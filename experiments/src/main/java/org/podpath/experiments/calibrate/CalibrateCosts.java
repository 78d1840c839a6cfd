package org.podpath.experiments.calibrate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.podpath.cni.CostTable;
import org.podpath.cni.Profiles;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.run.CostFile;
import org.podpath.experiments.yaml.Faults;
import org.podpath.experiments.yaml.Place;
import org.podpath.experiments.yaml.TextFile;

/** Fits costs of operations to a file of measurements. */
public final class CalibrateCosts {
  private final Path file;
  private final Path pathFile;
  private final HostProfile profile;
  private final CostTable priors = CostTable.of("");
  private final MeasurementFile.Measurements measurements;
  private final List<MeasuredPaths.Taken> paths;
  private Optional<Calibration> all = Optional.empty();

  /**
   * Measurements with the path of each.
   *
   * @param file of measurements
   * @param pathFile which path each row took
   * @param profile of the machine: its costs are not read, priors are those for all profiles
   * @throws WrongInput with every fault of the files
   */
  public CalibrateCosts(Path file, Path pathFile, String profile) {
    this.file = file;
    this.pathFile = pathFile;
    this.profile = Profiles.of(profile);
    measurements = MeasurementFile.read(file);
    paths = paths();
  }

  /** Fits all rows, prints what came out and, if a file is named, writes the costs to it. */
  public void print(Optional<Path> out, Appendable to) {
    Calibration calibration = all();
    try {
      new CalibrationReport(to, calibration).print(measurements.skipped());
      if (out.isPresent()) {
        Files.writeString(out.get(), costFile(calibration), StandardCharsets.UTF_8);
        to.append(
            "\ncosts written to " + out.get() + "; a scenario takes them with cluster: {costs: "
                + out.get().getFileName() + "}\n");
      }
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** Writes every row that was fitted with its errors, as CSV. */
  public void writeResiduals(Path residuals) {
    try {
      Files.writeString(residuals, Residuals.text(all()), StandardCharsets.UTF_8);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** The fitted costs as a file of costs, as {@code cluster.costs} reads it. */
  public String costFile() {
    return costFile(all());
  }

  private String costFile(Calibration calibration) {
    return String.join(",", CostFile.COLUMNS) + "\n"
        + CostRows.text(calibration, profile.name(), file.getFileName().toString());
  }

  /** The train ratio of the fit to all rows. */
  public double trainRatio() {
    return all().trainRatio();
  }

  /**
   * Fits the rows that {@code held} does not choose, predicts the others and prints how far off.
   *
   * @throws WrongInput if it chooses none or leaves too few
   */
  public void printPredictions(HeldOut held, Appendable to) {
    List<Measured> kept = new ArrayList<>();
    List<MeasuredPaths.Taken> keptPaths = new ArrayList<>();
    List<Measured> out = new ArrayList<>();
    List<MeasuredPaths.Taken> outPaths = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      Measured row = measurements.rows().get(i);
      (held.chooses(row) ? out : kept).add(row);
      (held.chooses(row) ? outPaths : keptPaths).add(paths.get(i));
    }
    if (out.isEmpty()) {
      throw new WrongInput("--without " + held + ": no row of " + file + " has it; write values of"
          + " its columns");
    }
    Calibration calibration = fit(kept, keptPaths);
    Design others = Design.of(out, outPaths, priors, profile);
    try {
      new CalibrationReport(to, calibration).printHeldOut(held.toString(), out, others);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private Calibration all() {
    if (all.isEmpty()) {
      all = Optional.of(fit(measurements.rows(), paths));
    }
    return all.get();
  }

  private Calibration fit(List<Measured> rows, List<MeasuredPaths.Taken> taken) {
    Design design = Design.of(rows, taken, priors, profile);
    int unknowns = design.costs().size();
    if (rows.size() < unknowns) {
      throw new WrongInput(file + ":1: " + rows.size() + " rows for " + unknowns
          + " unknown costs; write at least as many rows, or paths with fewer operations");
    }
    return Calibration.of(rows, design);
  }

  private List<MeasuredPaths.Taken> paths() {
    MeasuredPaths all =
        MeasuredPaths.parse(pathFile.toString(), TextFile.read(pathFile, "file of paths"));
    Faults faults = new Faults();
    List<MeasuredPaths.Taken> found = new ArrayList<>();
    for (Measured row : measurements.rows()) {
      Optional<MeasuredPaths.Taken> taken = all.of(row);
      if (taken.isEmpty()) {
        faults.add(new Place(file.toString(), row.line()), "no path for scenario '"
            + row.scenario() + "', dataplane '" + row.dataplane() + "', " + row.entries()
            + "; add one to " + pathFile);
      } else if (taken.get().path().sameHost().isEmpty()) {
        faults.add(taken.get().source().place(), "path: no same-host; client and server of a"
            + " measurement are on one host, write same-host: […]");
      } else {
        found.add(taken.get());
      }
    }
    faults.stopIfAny();
    return found;
  }
}
