package org.podpath.experiments.claims;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.podpath.experiments.Explain;
import org.podpath.experiments.run.Metric;

/** Numbers stand in an order; each sign of the order is a part of its own. */
@Explain("Numbers stand in an order.")
public record Ordered(
    @Explain("What is compared.") Metric metric,
    @Explain("Where: values of the other axes.") Map<String, String> at,
    @Explain("Axis whose values are compared.") String along,
    @Explain("Its values with one of > >= < <= between two neighbours, as in a > b >= c.") String order)
    implements Check {

  /**
   * An order that can be read.
   *
   * @throws IllegalArgumentException if it cannot
   */
  public Ordered {
    String[] words = words(order);
    boolean alternates = words.length >= 3 && words.length % 2 == 1;
    for (int i = 0; alternates && i < words.length; i++) {
      alternates = isSign(words[i]) == (i % 2 == 1);
    }
    if (!alternates) {
      throw new IllegalArgumentException(
          "order: '" + order + "' is none; write values with one of > >= < <= between two");
    }
  }

  private static String[] words(String order) {
    return order.strip().split("\\s+");
  }

  private static boolean isSign(String word) {
    return List.of(">", ">=", "<", "<=").contains(word);
  }

  @Override
  public List<Statistic> statistics() {
    List<String> values = Stream.of(words(order)).filter(word -> !isSign(word)).toList();
    return new Statistic(metric, at).along(along, values);
  }

  @Override
  public List<Part> parts(Predictions predictions) {
    Statistic unit = new Statistic(metric, at);
    double[] medians = predictions.medians(statistics());
    String[] words = words(order);
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i + 1 < medians.length; i++) {
      String sign = words[2 * i + 1];
      parts.add(
          new Part(
              unit.compared(medians[i], medians[i + 1]),
              words[2 * i] + " " + printed(sign) + " " + words[2 * i + 2],
              holds(medians[i], sign, medians[i + 1])));
    }
    return parts;
  }

  private static String printed(String sign) {
    return sign.replace(">=", "≥").replace("<=", "≤");
  }

  private static boolean holds(double left, String sign, double right) {
    return switch (sign) {
      case ">" -> left > right;
      case ">=" -> left >= right;
      case "<" -> left < right;
      case "<=" -> left <= right;
      default -> throw new IllegalStateException("'" + sign + "' has passed as a sign");
    };
  }
}
