package org.podpath.experiments.fit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.podpath.engine.units.Quantity;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.tables.TextTable;

/** Fits α and β of every link type to two sizes and reports how far all other sizes are off. */
public final class FitCollectives {
  private final ClosedForm form;
  private final TimingFile.Timings timings;
  private final List<LinkFit> fits;
  private final List<Prediction> predictions;

  private FitCollectives(Path file, ClosedForm form) {
    this.form = form;
    timings = TimingFile.read(file);
    fits = timings.byLink().stream().map(ofLink -> LinkFit.of(ofLink, form)).toList();
    predictions = fits.stream().flatMap(fit -> fit.predictions().stream()).toList();
  }

  /**
   * Prints the parameters of each link type, and the errors by link type and by size, to {@code
   * out}.
   *
   * @param file as {@link TimingFile} reads it
   * @throws WrongInput with every fault of the file
   */
  public static void print(Path file, ClosedForm form, Appendable out) {
    try {
      new FitCollectives(file, form).print(out);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private void print(Appendable out) throws IOException {
    printLinks(out);
    out.append('\n');
    printSizes(out);
    out.append('\n');
    printNotes(out);
    Errors all = Errors.of(predictions);
    out.append("median error of ")
        .append(String.valueOf(all.predictions()))
        .append(" timings, predicted from ")
        .append(String.valueOf(2 * fits.size()))
        .append(": ")
        .append(percent(all.medianRatio()).toPlainString())
        .append(" %\n");
  }

  private void printLinks(Appendable out) throws IOException {
    TextTable names = new TextTable(out, List.of("link", "system", "platform"));
    TextTable numbers =
        new TextTable(
            out,
            List.of(
                "link", "operation", "nodes", "ranks", "alpha_us", "beta_GBps", "small", "large",
                "predicted", "too_short", "median_error_%", "max_error_%"));
    for (int i = 0; i < fits.size(); i++) {
      LinkFit fit = fits.get(i);
      LinkType link = fit.link();
      Errors errors = Errors.of(fit.predictions());
      names.add(i + 1, link.system(), link.platform());
      numbers.add(
          i + 1,
          link.operation().word(),
          link.nodes(),
          link.ranks(),
          rounded(fit.parameters().stepUs(), 3),
          rounded(fit.parameters().bytesPerSecond() / 1e9, 3),
          Quantity.SIZE.format(fit.small().bytes()),
          Quantity.SIZE.format(fit.large().bytes()),
          errors.predictions(),
          errors.tooShort(),
          percent(errors.medianRatio()),
          percent(errors.maxRatio()));
    }
    names.end();
    out.append('\n');
    numbers.end();
  }

  private void printSizes(Appendable out) throws IOException {
    Map<SizeClass, List<Prediction>> bySize = new EnumMap<>(SizeClass.class);
    for (Prediction prediction : predictions) {
      bySize
          .computeIfAbsent(SizeClass.of(prediction.timing().bytes()), size -> new ArrayList<>())
          .add(prediction);
    }
    TextTable table =
        new TextTable(
            out,
            List.of("size", "predicted", "too_short", "median_error_%", "max_error_%"));
    for (Map.Entry<SizeClass, List<Prediction>> size : bySize.entrySet()) {
      Errors errors = Errors.of(size.getValue());
      table.add(
          size.getKey().words(),
          errors.predictions(),
          errors.tooShort(),
          percent(errors.medianRatio()),
          percent(errors.maxRatio()));
    }
    table.end();
  }

  private void printNotes(Appendable out) throws IOException {
    out.append("all_reduce: ")
        .append(form.allReduce())
        .append("; a: alpha, time of a message step; b: beta, bytes per second of a rank\n")
        .append("sendrecv: a + S/b; all_gather, reduce_scatter, alltoall: (n-1) a + (n-1)/n S/b\n")
        .append("fitted: the smallest and the largest size of each link, which are in no error\n")
        .append("left out: NCCL changes its protocol (LL, LL128, Simple), algorithm and channels")
        .append(" with the size; one alpha and one beta cannot\n");
    if (timings.skippedRows() > 0) {
      out.append("skipped: ")
          .append(String.valueOf(timings.skippedRows()))
          .append(" rows of other metrics or operations\n");
    }
  }

  private static BigDecimal percent(double ratio) {
    return rounded(100 * ratio, 1);
  }

  private static BigDecimal rounded(double number, int decimals) {
    return BigDecimal.valueOf(number).setScale(decimals, RoundingMode.HALF_UP);
  }
}
