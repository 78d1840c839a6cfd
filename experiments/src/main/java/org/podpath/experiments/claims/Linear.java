package org.podpath.experiments.claims;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.podpath.experiments.Explain;
import org.podpath.experiments.run.Metric;
import org.podpath.experiments.yaml.Range;

/** Numbers lie on a rising line over the numbers of their axis. */
@Explain("Numbers lie on a rising line over the numbers of their axis.")
public record Linear(
    @Explain("What is compared.") Metric metric,
    @Explain("Where: values of the other axes.") Map<String, String> at,
    @Explain("Axis whose values are numbers.") String along,
    @Explain("The values.") @Range(least = 3) List<String> over,
    @Explain("Percent of the variance that the line explains at least.")
    @Range(least = 1, most = 100) int leastPercent)
    implements Check {

  /**
   * Values that are numbers.
   *
   * @throws IllegalArgumentException if one is not
   */
  public Linear {
    over = List.copyOf(over);
    for (String value : over) {
      if (!value.matches("[0-9]+")) {
        throw new IllegalArgumentException(
            "over: '" + value + "' is not a whole number; write one");
      }
    }
  }

  @Override
  public List<Statistic> statistics() {
    return new Statistic(metric, at).along(along, over);
  }

  @Override
  public List<Part> parts(Predictions predictions) {
    double[] medians = predictions.medians(statistics());
    SimpleRegression line = new SimpleRegression();
    IntStream.range(0, medians.length)
        .forEach(i -> line.addData(Double.parseDouble(over.get(i)), medians[i]));
    double explained = 100 * line.getRSquare();
    Statistic unit = new Statistic(metric, at);
    return List.of(
        new Part(
            unit.numbers(" to ", medians[0], medians[medians.length - 1])
                + String.format(Locale.ROOT, ", R² %.4f", explained / 100),
            String.format(Locale.ROOT, "rising, R² ≥ %.2f", leastPercent / 100.0),
            line.getSlope() > 0 && explained >= leastPercent));
  }
}
