package org.podpath.experiments.fit;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * A link type with the parameters that two of its timings give, and what they predict for the others.
 *
 * @param small the fitted timing of the smallest size
 * @param large the fitted timing of the largest size
 * @param predictions of all other timings
 */
record LinkFit(
    LinkType link,
    LinkParameters parameters,
    Timing small,
    Timing large,
    List<Prediction> predictions) {
  /** Halvings of an interval until a double has no more digits. */
  private static final int HALVINGS = 120;

  LinkFit {
    predictions = List.copyOf(predictions);
  }

  /**
   * Why nothing can be fitted: at least three sizes; from the smallest to the largest, time has to
   * grow, but less than in proportion, else α or 1/β would not be above 0.
   *
   * @param timings of one link type, each of another size
   */
  static Optional<String> fault(List<Timing> timings) {
    LinkType link = timings.getFirst().link();
    if (timings.size() < 3) {
      return Optional.of(
          "only " + timings.size() + " sizes of " + link
              + "; write at least 3, two are fitted and the others predicted");
    }
    Timing small = small(timings);
    Timing large = large(timings);
    if (large.us() <= small.us()) {
      return Optional.of(
          link + ": " + large.bytes() + " bytes took no longer than " + small.bytes()
              + "; write a larger size too");
    }
    if (small.us() / small.bytes() <= large.us() / large.bytes()) {
      return Optional.of(
          link + ": " + small.bytes() + " bytes took no longer for each byte than " + large.bytes()
              + "; write a smaller size too");
    }
    return Optional.empty();
  }

  /**
   * Fits the smallest and the largest size, and predicts the others.
   *
   * @param timings of one link type, without {@link #fault}
   */
  static LinkFit of(List<Timing> timings, ClosedForm form) {
    Timing small = small(timings);
    Timing large = large(timings);
    LinkParameters parameters = through(small, large, form);
    List<Prediction> predictions =
        timings.stream()
            .filter(timing -> timing != small && timing != large)
            .map(
                timing -> new Prediction(
                    timing, form.us(timing.link(), timing.bytes(), parameters)))
            .toList();
    return new LinkFit(small.link(), parameters, small, large, predictions);
  }

  private static Timing small(List<Timing> timings) {
    return timings.stream().min(Comparator.comparingLong(Timing::bytes)).orElseThrow();
  }

  private static Timing large(List<Timing> timings) {
    return timings.stream().max(Comparator.comparingLong(Timing::bytes)).orElseThrow();
  }

  /** For any 1/β the small timing gives α; of these pairs the one that meets the large timing. */
  private static LinkParameters through(Timing small, Timing large, ClosedForm form) {
    DoubleUnaryOperator stepUs =
        usPerByte -> where(
            small.us(), small.us(),
            step -> form.us(small.link(), small.bytes(), new LinkParameters(step, usPerByte)));
    double mostUsPerByte = 2 * large.us() / large.bytes(); // a rank sends at least half of it
    double usPerByte =
        where(
            large.us(), mostUsPerByte,
            perByte -> form.us(
                large.link(), large.bytes(),
                new LinkParameters(stepUs.applyAsDouble(perByte), perByte)));
    return new LinkParameters(stepUs.applyAsDouble(usPerByte), usPerByte);
  }

  /** Where {@code growing} is {@code value}, between 0 and {@code most}. */
  private static double where(double value, double most, DoubleUnaryOperator growing) {
    double low = 0;
    double high = most;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (growing.applyAsDouble(middle) < value) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
