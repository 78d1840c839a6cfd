package org.podpath.experiments.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LinkFitTest {
  /** 3 us for a step, 20 GB/s. */
  private static final LinkParameters KNOWN = new LinkParameters(3, 1 / 20e3);

  @ParameterizedTest
  @CsvSource({
      "RING, ALL_REDUCE, 8", "RING, ALL_GATHER, 3", "RING, SEND_RECEIVE, 2", "TREE, ALL_REDUCE, 8",
      "TREE, ALL_REDUCE, 10", "TREE, ALL_REDUCE, 2", "TREE, ALL_TO_ALL, 4"
  })
  void timesOfAClosedFormGiveItsParametersAndNoErrors(
      ClosedForm form, Operation operation, int ranks) {
    List<Timing> timings = timings(form, link(operation, ranks), 1, 4096, 1 << 20, 1 << 30);

    LinkFit fit = LinkFit.of(timings, form);

    assertThat(fit.parameters().stepUs()).isCloseTo(3, within(1e-9));
    assertThat(fit.parameters().bytesPerSecond()).isCloseTo(20e9, within(10.0));
    assertThat(Errors.of(fit.predictions()).maxRatio()).isLessThan(1e-9);
  }

  @Test
  void theSmallestAndTheLargestSizeAreFittedAndNotPredicted() {
    List<Timing> timings =
        timings(ClosedForm.RING, link(Operation.ALL_REDUCE, 8), 4096, 1 << 30, 1, 1 << 20);

    LinkFit fit = LinkFit.of(timings, ClosedForm.RING);

    assertThat(fit.small().bytes()).isEqualTo(1);
    assertThat(fit.large().bytes()).isEqualTo(1 << 30);
    assertThat(fit.predictions()).extracting(p -> p.timing().bytes())
        .containsExactly(4096L, 1L << 20);
  }

  /** 8 ranks: 14 steps of 3 us, and 14/8 of 20 kB at 20 kB/us. */
  @Test
  void aRingTakesItsStepsAndItsBytes() {
    double us = ClosedForm.RING.us(link(Operation.ALL_REDUCE, 8), 20_000, KNOWN);

    assertThat(us).isCloseTo(14 * 3 + 1.75, within(1e-9));
  }

  /** 8 ranks, S/β = 600 us: k = √(600 · 2/3) = 20 chunks; 2 (3 + 20 − 1)(3 + 600/20) us. */
  @Test
  void aTreeTakesItsBestNumberOfChunks() {
    double us = ClosedForm.TREE.us(link(Operation.ALL_REDUCE, 8), 12_000_000, KNOWN);

    assertThat(us).isCloseTo(2 * 22 * 33, within(1e-9));
  }

  /** At S/β = α/2, k = √(2/2) = 1. */
  @Test
  void aTreeOfOneChunkBeginsWhereMoreChunksEnd() {
    LinkType link = link(Operation.ALL_REDUCE, 8);

    double below = ClosedForm.TREE.us(link, 29_999.999, KNOWN);
    double above = ClosedForm.TREE.us(link, 30_000.001, KNOWN);

    assertThat(below).isCloseTo(2 * 3 * (3 + 1.5), within(1e-6));
    assertThat(above).isCloseTo(below, within(1e-6));
  }

  @ParameterizedTest
  @EnumSource
  void bothFormsGrowWithTheSize(ClosedForm form) {
    double[] us =
        LongStream.range(0, 40)
            .mapToDouble(i -> form.us(link(Operation.ALL_REDUCE, 32), 1L << i, KNOWN))
            .toArray();

    assertThat(us).isSorted().doesNotHaveDuplicates();
  }

  /** Errors of −50, −10 and +30 %. */
  @Test
  void errorsAreSummedUpWithoutTheirSign() {
    LinkType link = link(Operation.ALL_REDUCE, 8);
    Timing timing = new Timing(2, link, 8, 10);

    Errors errors =
        Errors.of(
            List.of(
                new Prediction(timing, 5), new Prediction(timing, 9), new Prediction(timing, 13)));

    assertThat(errors.predictions()).isEqualTo(3);
    assertThat(errors.medianRatio()).isCloseTo(0.3, within(1e-12));
    assertThat(errors.maxRatio()).isCloseTo(0.5, within(1e-12));
    assertThat(errors.tooShort()).isEqualTo(2);
  }

  @Test
  void aSizeClassEndsWithItsSize() {
    assertThat(SizeClass.of(1)).isEqualTo(SizeClass.TO_4_KIB);
    assertThat(SizeClass.of(4096)).isEqualTo(SizeClass.TO_4_KIB);
    assertThat(SizeClass.of(4097)).isEqualTo(SizeClass.TO_64_KIB);
    assertThat(SizeClass.of(1 << 24)).isEqualTo(SizeClass.TO_16_MIB);
    assertThat(SizeClass.of(1L << 40)).isEqualTo(SizeClass.LARGER);
  }

  private static LinkType link(Operation operation, int ranks) {
    return new LinkType("machines", "software", operation, 2, ranks);
  }

  private static List<Timing> timings(ClosedForm form, LinkType link, long... sizes) {
    return LongStream.of(sizes)
        .mapToObj(bytes -> new Timing(2, link, bytes, form.us(link, bytes, KNOWN)))
        .toList();
  }
}
