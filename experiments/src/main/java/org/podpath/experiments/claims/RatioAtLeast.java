package org.podpath.experiments.claims;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.podpath.experiments.Explain;
import org.podpath.experiments.run.Metric;
import org.podpath.experiments.yaml.Range;

/** The largest of some numbers is at least so many percent of the smallest. */
@Explain("The largest of some numbers is at least so many percent of the smallest.")
public record RatioAtLeast(
    @Explain("What is compared.") Metric metric,
    @Explain("Where: values of the other axes.") Map<String, String> at,
    @Explain("Axis whose values are compared.") String along,
    @Explain("The values compared.") @Range(least = 2) List<String> over,
    @Explain("Percent of the smallest that the largest is at least.")
    @Range(least = 100, most = 1_000_000) int leastPercent)
    implements Check {

  @Override
  public List<Statistic> statistics() {
    return new Statistic(metric, at).along(along, over);
  }

  @Override
  public List<Part> parts(Predictions predictions) {
    Statistic unit = new Statistic(metric, at);
    double[] medians = predictions.medians(statistics());
    double largest = DoubleStream.of(medians).max().orElseThrow();
    double smallest = DoubleStream.of(medians).min().orElseThrow();
    return List.of(
        new Part(
            unit.numbers(" / ", largest, smallest) + " = "
                + String.format(Locale.ROOT, "%.2f", largest / smallest),
            String.format(Locale.ROOT, "ratio ≥ %.2f", leastPercent / 100.0),
            100 * largest >= leastPercent * smallest));
  }
}
