package org.podpath.experiments.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.podpath.experiments.Explain;
import org.podpath.experiments.run.Metric;
import org.podpath.experiments.yaml.Range;

/** Each of some numbers is so many percent below each of some others; a pair is a part. */
@Explain("Each of some numbers is so many percent below each of some others.")
public record AllPairsReduced(
    @Explain("What is compared.") Metric metric,
    @Explain("Where: values of the other axes.") Map<String, String> at,
    @Explain("Axis whose values are compared.") String along,
    @Explain("Values of which each is the whole of a reduction.")
    @Range(least = 1) List<String> from,
    @Explain("Values with the smaller numbers.") @Range(least = 1) List<String> to,
    @Explain("Percent by which a number is smaller at least.")
    @Range(least = 0, most = 100) int leastPercent,
    @Explain("Percent by which a number is smaller at most.")
    @Range(least = 0, most = 100) int mostPercent)
    implements Check {

  /**
   * A range that can be met.
   *
   * @throws IllegalArgumentException if the least is more than the most
   */
  public AllPairsReduced {
    if (leastPercent > mostPercent) {
      throw new IllegalArgumentException(
          "from " + leastPercent + " to " + mostPercent + " percent is no range; write the smaller"
              + " number as least-percent");
    }
  }

  @Override
  public List<Statistic> statistics() {
    return new Statistic(metric, at)
        .along(along, Stream.concat(from.stream(), to.stream()).toList());
  }

  @Override
  public List<Part> parts(Predictions predictions) {
    List<Part> parts = new ArrayList<>();
    for (String whole : from) {
      for (String reduced : to) {
        parts.add(part(whole, reduced, predictions));
      }
    }
    return parts;
  }

  private Part part(String whole, String reduced, Predictions predictions) {
    Statistic unit = new Statistic(metric, at);
    double before = predictions.median(unit.and(along, whole));
    double after = predictions.median(unit.and(along, reduced));
    double percent = 100 * (1 - after / before);
    return new Part(
        unit.numbers(" to ", before, after)
            + String.format(Locale.ROOT, ": %.1f %%", percent),
        reduced + " " + leastPercent + "–" + mostPercent + " % below " + whole,
        100 * after <= (100 - leastPercent) * before
            && 100 * after >= (100 - mostPercent) * before);
  }
}
