package org.podpath.experiments.claims;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.podpath.experiments.Explain;
import org.podpath.experiments.run.Metric;
import org.podpath.experiments.yaml.Range;

/**
 * Numbers fall into classes: nearly equal within a class, strictly larger from class to class.
 *
 * <p>A class of several is a part, and so is the step from one class to the next.
 */
@Explain("Numbers fall into classes, nearly equal within one and strictly larger in the next.")
public record Classes(
    @Explain("What is compared.") Metric metric,
    @Explain("Where: values of the other axes.") Map<String, String> at,
    @Explain("Axis whose values are compared.") String along,
    @Explain("Percent of the smallest of a class by which its largest is larger at most.")
    @Range(least = 0, most = 1000) int tiePercent,
    @Explain("The values of each class by its name, the class of the smallest numbers first.")
    @Range(least = 1) Map<String, List<String>> lowestFirst)
    implements Check {

  @Override
  public List<Statistic> statistics() {
    return new Statistic(metric, at)
        .along(along, lowestFirst.values().stream().flatMap(List::stream).toList());
  }

  @Override
  public List<Part> parts(Predictions predictions) {
    List<Part> parts = new ArrayList<>();
    String lowerName = null;
    double[] lower = null;
    for (Map.Entry<String, List<String>> each : lowestFirst.entrySet()) {
      double[] medians =
          predictions.medians(new Statistic(metric, at).along(along, each.getValue()));
      if (lower != null) {
        parts.add(step(lowerName, lower, each.getKey(), medians));
      }
      if (medians.length > 1) {
        parts.add(tie(each.getValue(), medians));
      }
      lowerName = each.getKey();
      lower = medians;
    }
    return parts;
  }

  private Part step(String lowerName, double[] lower, String upperName, double[] upper) {
    double top = DoubleStream.of(lower).max().orElseThrow();
    double bottom = DoubleStream.of(upper).min().orElseThrow();
    return new Part(
        new Statistic(metric, at).compared(top, bottom),
        lowerName + " < " + upperName,
        top < bottom);
  }

  private Part tie(List<String> members, double[] medians) {
    double[] sorted = medians.clone();
    Arrays.sort(sorted);
    double smallest = sorted[0];
    double largest = sorted[sorted.length - 1];
    return new Part(
        new Statistic(metric, at).numbers(", ", sorted)
            + String.format(Locale.ROOT, ": %.1f %%", 100 * (largest / smallest - 1)),
        String.join(", ", members) + " ≤ " + tiePercent + " % apart",
        100 * largest <= (100 + tiePercent) * smallest);
  }
}
