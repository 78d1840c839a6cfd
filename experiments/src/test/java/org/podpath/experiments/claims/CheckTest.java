package org.podpath.experiments.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.experiments.run.Metric;

/** Every kind of check on a handful of numbers. */
class CheckTest {

  @ParameterizedTest
  @CsvSource({"89.9, false", "90, true", "100, true", "125, true", "125.1, false"})
  void aNumberIsInItsBandWithBothEndsIncluded(double predictedUs, boolean holds) {
    Given given = new Given().predicted("a", predictedUs).published("a", 90, 125);

    assertThat(given.holding(new InBand(Metric.TRANSACTION, Given.at("a")))).containsExactly(holds);
  }

  @Test
  void theMedianOfTheRepetitionsIsWhatCounts() {
    Given given = new Given().predicted("a", 200.0, 100.0, 110.0, 1.0).published("a", 90, 125);

    List<Part> parts = given.parts(new InBand(Metric.TRANSACTION, Given.at("a")));

    // (100 + 110) / 2
    assertThat(parts).containsExactly(new Part("105.0 us", "90–125 us", true));
  }

  @Test
  void nothingHoldsOfAPointThatGaveNoNumber() {
    Given given = new Given().predicted("b", 10.0).published("a", 90, 125);

    assertThat(given.parts(new InBand(Metric.TRANSACTION, Given.at("a"))))
        .containsExactly(new Part("? us", "90–125 us", false));
    assertThat(given.holding(ordered("a <= b"))).containsExactly(false);
    assertThat(given.holding(ratio(100))).containsExactly(false);
    assertThat(given.holding(pairs(0, 100))).containsExactly(false);
    assertThat(given.holding(classes(Map.of("low", List.of("a", "b"))))).containsExactly(false);
  }

  @Test
  void everySignOfAnOrderIsAPart() {
    Given given = new Given().predicted("a", 3.0).predicted("b", 2.0).predicted("c", 2.0);

    assertThat(given.parts(ordered("a > b >= c")))
        .containsExactly(
            new Part("3.0 > 2.0 us", "a > b", true), new Part("2.0 = 2.0 us", "b ≥ c", true));
    assertThat(given.holding(ordered("a > b > c"))).containsExactly(true, false);
    assertThat(given.holding(ordered("c <= b < a"))).containsExactly(true, true);
    assertThat(given.holding(ordered("a < b < c"))).containsExactly(false, false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a >", "a b", "a > b c", "> a >", "a => b", "a > > b"})
  void anOrderNeedsASignBetweenEveryTwoValues(String order) {
    assertThatThrownBy(() -> ordered(order))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "order: '" + order + "' is none; write values with one of > >= < <= between two");
  }

  /** 140 / 100 = 1.40. */
  @ParameterizedTest
  @CsvSource({"139.9, false", "140, true", "200, true"})
  void aRatioIsAtLeastTheLeastWithThatIncluded(double largestUs, boolean holds) {
    Given given = new Given().predicted("a", 100.0).predicted("b", largestUs);

    assertThat(given.holding(ratio(140))).containsExactly(holds);
  }

  @Test
  void aRatioIsOfTheLargestToTheSmallestWhateverTheirOrder() {
    Given given = new Given().predicted("a", 150.0).predicted("b", 100.0);

    assertThat(given.parts(ratio(140)))
        .containsExactly(new Part("150.0 / 100.0 us = 1.50", "ratio ≥ 1.40", true));
  }

  /** From 100: 60 is 40 % less, 40 is 60 % less. */
  @ParameterizedTest
  @CsvSource({"60.1, false", "60, true", "50, true", "40, true", "39.9, false", "150, false"})
  void aReductionIsBetweenItsLeastAndItsMostWithBothIncluded(double reducedUs, boolean holds) {
    Given given = new Given().predicted("a", 100.0).predicted("b", reducedUs);

    assertThat(given.holding(pairs(40, 60))).containsExactly(holds);
  }

  /** b is 50 % below a and 25 % below c; d is 60 % and 40 % below them. */
  @Test
  void everyPairIsAPart() {
    Given given = new Given().predicted("a", 120.0)
        .predicted("b", 60.0)
        .predicted("c", 80.0)
        .predicted("d", 48.0);
    AllPairsReduced pairs =
        new AllPairsReduced(
            Metric.TRANSACTION, Given.REQUEST, "cni", List.of("a", "c"), List.of("b", "d"), 40, 60);

    assertThat(given.parts(pairs))
        .containsExactly(
            new Part("120.0 to 60.0 us: 50.0 %", "b 40–60 % below a", true),
            new Part("120.0 to 48.0 us: 60.0 %", "d 40–60 % below a", true),
            new Part("80.0 to 60.0 us: 25.0 %", "b 40–60 % below c", false),
            new Part("80.0 to 48.0 us: 40.0 %", "d 40–60 % below c", true));
  }

  @Test
  void aReductionWhoseLeastIsMoreThanItsMostIsRefused() {
    assertThatThrownBy(() -> pairs(60, 40))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("from 60 to 40 percent is no range; write the smaller number as least-percent");
  }

  /** 10, 20, 30 lie on a line over 1, 2, 3; of 10, 20, 20 it explains 75 %; 30, 20, 10 fall. */
  @ParameterizedTest
  @CsvSource({"10, 20, 30, true", "10, 20, 20, false", "30, 20, 10, false", "20, 20, 20, false"})
  void numbersOnALineRiseWithTheirAxis(double one, double two, double three, boolean holds) {
    Given given = new Given().predicted("1", one).predicted("2", two).predicted("3", three);

    assertThat(given.holding(linear(List.of("1", "2", "3")))).containsExactly(holds);
  }

  @Test
  void aLineSaysHowWellItFits() {
    Given given = new Given().predicted("1", 10.0).predicted("2", 20.0).predicted("4", 40.0);

    assertThat(given.parts(linear(List.of("1", "2", "4"))))
        .containsExactly(new Part("10.0 to 40.0 us, R² 1.0000", "rising, R² ≥ 0.99", true));
    assertThatThrownBy(() -> linear(List.of("1", "two", "3")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("over: 'two' is not a whole number; write one");
  }

  private static Linear linear(List<String> over) {
    return new Linear(Metric.TRANSACTION, Given.REQUEST, "cni", over, 99);
  }

  /** 110 is 10 % above 100, and 111 is above all of the class below. */
  @Test
  void classesAreTiesWithinAndStepsBetween() {
    Given given = new Given().predicted("a", 110.0).predicted("b", 100.0).predicted("c", 111.0);

    List<Part> parts = given.parts(classes(lowAndHigh(List.of("a", "b"), List.of("c"))));

    assertThat(parts)
        .containsExactly(
            new Part("100.0, 110.0 us: 10.0 %", "a, b ≤ 10 % apart", true),
            new Part("110.0 < 111.0 us", "low < high", true));
  }

  /** c is not above a, and 110.1 is more than 10 % above 100. */
  @Test
  void classesThatTouchOrSpreadDoNotHold() {
    Given given = new Given().predicted("a", 110.1).predicted("b", 100.0).predicted("c", 110.1);

    assertThat(given.holding(classes(lowAndHigh(List.of("a", "b"), List.of("c")))))
        .containsExactly(false, false);
    assertThat(given.holding(classes(lowAndHigh(List.of("b"), List.of("a", "c")))))
        .containsExactly(true, true);
  }

  @Test
  void aClaimIsReproducedIfAllOfItHoldsAndContradictedIfNothingDoes() {
    Part holds = new Part("1", "1", true);
    Part doesNot = new Part("1", "2", false);

    assertThat(Verdict.of(List.of(holds, holds))).isEqualTo(Verdict.REPRODUCED);
    assertThat(Verdict.of(List.of(doesNot, holds))).isEqualTo(Verdict.PARTLY);
    assertThat(Verdict.of(List.of(doesNot, doesNot))).isEqualTo(Verdict.CONTRADICTED);
  }

  private static Ordered ordered(String order) {
    return new Ordered(Metric.TRANSACTION, Given.REQUEST, "cni", order);
  }

  private static RatioAtLeast ratio(int leastPercent) {
    return new RatioAtLeast(
        Metric.TRANSACTION, Given.REQUEST, "cni", List.of("a", "b"), leastPercent);
  }

  private static AllPairsReduced pairs(int leastPercent, int mostPercent) {
    return new AllPairsReduced(
        Metric.TRANSACTION,
        Given.REQUEST,
        "cni",
        List.of("a"),
        List.of("b"),
        leastPercent,
        mostPercent);
  }

  private static Classes classes(Map<String, List<String>> lowestFirst) {
    return new Classes(Metric.TRANSACTION, Given.REQUEST, "cni", 10, lowestFirst);
  }

  private static Map<String, List<String>> lowAndHigh(List<String> low, List<String> high) {
    Map<String, List<String>> lowestFirst = new LinkedHashMap<>();
    lowestFirst.put("low", low);
    lowestFirst.put("high", high);
    return lowestFirst;
  }
}
