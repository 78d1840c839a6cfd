package org.podpath.experiments.claims;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.podpath.experiments.Explain;
import org.podpath.experiments.run.Measurement;
import org.podpath.experiments.run.Metric;

/** A number lies in the range published for its point, ends included. */
@Explain("A number lies in the range that the experiment's measurements have for it.")
public record InBand(
    @Explain("What is compared.") Metric metric,
    @Explain("The point: a value for each axis of the sweep.") Map<String, String> at)
    implements Check {

  private Statistic statistic() {
    return new Statistic(metric, at);
  }

  @Override
  public List<Statistic> statistics() {
    return List.of(statistic());
  }

  @Override
  public List<Part> parts(Predictions predictions) {
    Statistic statistic = statistic();
    double predicted = predictions.median(statistic);
    Measurement range = predictions.range(statistic)
        .orElseThrow(() -> new IllegalStateException("no range published for " + statistic));
    return List.of(
        new Part(
            statistic.numbers("", predicted),
            plain(range.low().orElseThrow()) + "–" + plain(range.high().orElseThrow())
                + " " + metric.unit(),
            range.contains(predicted)));
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
