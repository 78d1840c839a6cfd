package org.podpath.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FairSharesTest {

  /** Two flows of one source and one target each over one link of 10: 5 each. */
  @Test
  void aDumbbellIsCutInHalf() {
    FairShares shares = solved(new double[] {10, 100, 100}, one(0, 1), one(0, 2));

    assertThat(rates(shares, 2)).containsExactly(5, 5);
  }

  /** One long flow over n links, one short flow on each: everybody gets half. */
  @Test
  void theParkingLotGivesHalfToEverybody() {
    FairShares shares =
        solved(new double[] {6, 6, 6}, one(0, 1, 2), one(0), one(1), one(2));

    assertThat(rates(shares, 4)).containsExactly(3, 3, 3, 3);
  }

  /**
   * Links of 10, 4 and 7; flows on {0}, {0, 1}, {1, 2}, {2}: link 1 is full at 2, which leaves 8 of
   * link 0 and 5 of link 2.
   */
  @Test
  void threeLinksFillOneAfterTheOther() {
    FairShares shares = solved(new double[] {10, 4, 7}, one(0), one(0, 1), one(1, 2), one(2));

    assertThat(rates(shares, 4)).containsExactly(8, 2, 2, 5);
  }

  /**
   * A flow that a core (resource 1, 4 units of it for one of rate) holds at 0.5 leaves 1.5 of the
   * link.
   */
  @Test
  void aFlowLimitedByItsCoreFreesTheLink() {
    Use slow = Use.of(new int[] {0, 1}, new double[] {1, 4});

    assertThat(rates(solved(new double[] {2, 2}, slow, one(0)), 2)).containsExactly(0.5, 1.5);
  }

  /** Weights 1 and 3 on a link of 8: 2 and 6; with a cap of 5 on the second, 3 are left. */
  @Test
  void weightsShareAndCapsLeave() {
    int[] link = {0};
    double[] amount = {1};
    Use heavy = new Use(link, amount, 3, Use.NO_CAP);
    Use capped = new Use(link, amount, 3, 5);

    assertThat(rates(solved(new double[] {8}, one(0), heavy), 2)).containsExactly(2, 6);
    assertThat(rates(solved(new double[] {8}, one(0), capped), 2))
        .containsExactly(new double[] {3, 5}, within(1e-12));
  }

  /**
   * A flow alone on links of 8 and 4, 1 and 4 units for one of rate: held at 1 by the second. With
   * another one on the first link it stays there and leaves 7; alone again with 2 on the second, it
   * gets 0.5.
   */
  @Test
  void aFlowThatSharesNothingTakesWhatItsTightestResourceGives() {
    FairShares shares = solved(new double[] {8, 4}, Use.of(new int[] {0, 1}, new double[] {1, 4}));
    assertThat(shares.rate(0)).isEqualTo(1);

    shares.add(1, one(0));
    shares.solve();
    assertThat(rates(shares, 2)).containsExactly(1, 7);

    shares.remove(1);
    shares.capacity(1, 2);
    shares.solve();
    assertThat(shares.rate(0)).isEqualTo(0.5);
  }

  /** Flow 0 leaves link 0 (10) to flow 1, which leaves link 1 (12) less for flow 2: 10 and 2. */
  @Test
  void whatAFlowLeavesReachesOthersOnOtherLinks() {
    FairShares shares = solved(new double[] {10, 12}, one(0), one(0, 1), one(1));
    assertThat(rates(shares, 3)).containsExactly(5, 5, 7);

    shares.remove(0);
    shares.solve();

    assertThat(shares.rate(1)).isEqualTo(6);
    assertThat(shares.rate(2)).isEqualTo(6);
    assertThat(shares.changes()).isEqualTo(2);
  }

  @Test
  void whatAChangeDoesNotReachIsNotAmongTheChanges() {
    FairShares shares = solved(new double[] {10, 10}, one(0), one(0), one(1));

    shares.remove(0);
    shares.solve();

    assertThat(shares.changes()).isEqualTo(1);
    assertThat(shares.changed(0)).isEqualTo(1);
  }

  /** A link of 10 for two flows, then of 4. */
  @Test
  void aCapacityMayChange() {
    FairShares shares = solved(new double[] {10}, one(0), one(0));

    shares.capacity(0, 4);
    shares.solve();

    assertThat(rates(shares, 2)).containsExactly(2, 2);
  }

  /**
   * Flows come and go, in 300 instances for each seed: what is left has fair rates, whatever was there
   * before.
   */
  @ParameterizedTest
  @CsvSource({"41,false", "42,false", "43,false", "44,false", "45,true", "46,true", "47,true"})
  void everyFlowIsCappedOrHasAFullResourceOnWhichNoneIsFaster(long seed, boolean ties) {
    Random random = new Random(seed);
    for (int instance = 0; instance < 300; instance++) {
      RandomSharing sharing = new RandomSharing(random, ties);
      FairShares shares = new FairShares(sharing.capacities);
      Use[] uses = sharing.uses(1 + random.nextInt(25));
      int gone = random.nextInt(uses.length);
      for (int flow = 0; flow < uses.length; flow++) {
        shares.add(flow, uses[flow]);
      }
      shares.solve();
      for (int flow = 0; flow < gone; flow++) {
        shares.remove(flow);
        shares.solve();
      }

      double[] rates = IntStream.range(gone, uses.length).mapToDouble(shares::rate).toArray();
      FairRates.assertFair(
          sharing.capacities, Arrays.copyOfRange(uses, gone, uses.length), rates);
    }
  }

  /**
   * Each seed plays 60 runs of 40 changes; after each change everything is solved anew and
   * compared.
   */
  @ParameterizedTest
  @CsvSource({"1,false", "2,false", "3,false", "4,false", "5,true", "6,true", "7,true", "8,true"})
  void aPartSolvedIsTheSameAsAllSolved(long seed, boolean ties) {
    Random random = new Random(seed);
    for (int run = 0; run < 60; run++) {
      RandomSharing sharing = new RandomSharing(random, ties);
      FairShares shares = new FairShares(sharing.capacities);
      List<Integer> present = new ArrayList<>();
      for (int change = 0; change < 40; change++) {
        for (int several = random.nextInt(3); several >= 0; several--) {
          change(shares, sharing, present, random);
        }
        shares.solve();
        shares.verify();
      }
    }
  }

  /**
   * So many resources that a change reaches few of the flows, and what it reaches waits for each
   * other in many places; the same comparison.
   */
  @ParameterizedTest
  @CsvSource({"31,false", "32,false", "33,true", "34,true"})
  void aSmallChangeOfManyIsTheSameAsAllSolved(long seed, boolean ties) {
    Random random = new Random(seed);
    for (int run = 0; run < 10; run++) {
      RandomSharing sharing = new RandomSharing(random, ties, 100);
      FairShares shares = new FairShares(sharing.capacities);
      List<Integer> present = new ArrayList<>();
      for (int flow = 0; flow < 150; flow++) {
        shares.add(flow, sharing.use());
        present.add(flow);
      }
      for (int step = 0; step < 100; step++) {
        change(shares, sharing, present, random);
        shares.solve();
        shares.verify();
      }
    }
  }

  /** Whole numbers make ties: cores with one flow each, links that fill at one level. To 1e-12. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void aWorkloadFullOfTiesIsTheSameFlowByFlow(long seed) {
    Random random = new Random(seed);
    for (int run = 0; run < 40; run++) {
      int hosts = 2 + random.nextInt(6);
      double[] capacities = new double[4 * hosts];
      for (int host = 0; host < hosts; host++) {
        capacities[host] = 8;
        capacities[hosts + host] = 8;
        capacities[2 * hosts + host] = 1 + random.nextInt(2);
        capacities[3 * hosts + host] = 1 + random.nextInt(2);
      }
      Use[] uses = new Use[30];
      FairShares shares = new FairShares(capacities);
      for (int flow = 0; flow < uses.length; flow++) {
        int from = random.nextInt(hosts);
        int to = random.nextInt(hosts);
        uses[flow] = one(from, hosts + to, 2 * hosts + from, 3 * hosts + to);
        shares.add(flow, uses[flow]);
        shares.solve();
      }
      for (int gone = 0; gone < uses.length; gone++) {
        double[] expected =
            MaxMinSolver.rates(capacities, Arrays.copyOfRange(uses, gone, uses.length));
        for (int flow = gone; flow < uses.length; flow++) {
          double rate = expected[flow - gone];
          assertThat(shares.rate(flow)).isCloseTo(rate, within(1e-12 * rate));
        }
        shares.remove(gone);
        shares.solve();
      }
    }
  }

  /** The same flows, come in another order and with others that have gone: the same bits. */
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void historyDoesNotShow(long seed) {
    Random random = new Random(seed);
    for (int run = 0; run < 100; run++) {
      RandomSharing sharing = new RandomSharing(random, run % 2 == 0);
      List<Use> uses = IntStream.range(0, 40).mapToObj(i -> sharing.use()).toList();
      FairShares inOrder = new FairShares(sharing.capacities);
      IntStream.range(0, 20).forEach(flow -> inOrder.add(flow, uses.get(flow)));
      inOrder.solve();
      FairShares shuffled = new FairShares(sharing.capacities);
      List<Integer> order = new ArrayList<>(IntStream.range(0, 40).boxed().toList());
      Collections.shuffle(order, random);
      for (int flow : order) {
        shuffled.add(flow, uses.get(flow));
        shuffled.solve();
      }
      IntStream.range(20, 40).forEach(shuffled::remove);
      shuffled.solve();

      assertThat(rates(shuffled, 20)).containsExactly(rates(inOrder, 20));
    }
  }

  /** It never had a rate, so nobody gets more. */
  @Test
  void aFlowThatGoesBeforeItHadARateChangesNothing() {
    FairShares shares = solved(new double[] {6, 1}, one(0, 1), one(0, 1));

    shares.add(2, one(1));
    shares.remove(2);
    shares.solve();
    shares.remove(1);
    shares.solve();

    assertThat(shares.rate(0)).isEqualTo(1);
  }

  /** On one link each departure changes all: from the second on, everything is solved anew. */
  @Test
  void whereAllChangeAllIsSolvedAnew() {
    FairShares shares = new FairShares(new double[] {120});
    for (int flow = 0; flow < 120; flow++) {
      shares.add(flow, one(0));
    }
    shares.solve();

    for (int gone = 0; gone < 100; gone++) {
      shares.remove(gone);
      shares.solve();
      shares.verify();
    }

    // 20 flows are left.
    assertThat(shares.rate(119)).isEqualTo(120 / 20);
  }

  /** Each capacity over the amount that one unit of rate takes of it. */
  @ParameterizedTest
  @CsvSource({"1e75, 1e-75, 1e75", "1e-75, 1e75, 1e-75", "1e75, 1e75, 1e-75", "1e-75, 1e-75, 1e75"})
  void extremesAreSolved(double capacity, double amount, double weight) {
    FairShares shares = new FairShares(new double[] {capacity});
    shares.add(0, new Use(new int[] {0}, new double[] {amount}, weight, Use.NO_CAP));
    shares.solve();

    assertThat(shares.rate(0)).isCloseTo(capacity / amount, withinPercentage(1e-9));
    shares.verify();
  }

  @Test
  void whatNoShareIsFairForIsRefused() {
    FairShares shares = new FairShares(new double[] {1, 1});
    int[] first = {0};

    assertRefused(() -> new FairShares(new double[] {1, 0}),
        "the capacity of resource 1 is 0.0, not above 0 and finite");
    assertRefused(() -> shares.capacity(1, Double.NaN),
        "the capacity of resource 1 is NaN, not above 0 and finite");
    assertRefused(() -> shares.add(3, Use.of(new int[0], new double[0])),
        "flow 3 uses no resource");
    assertRefused(() -> shares.add(3, Use.of(new int[] {2}, new double[] {1})),
        "flow 3 uses resource 2, but there are 2");
    assertRefused(() -> shares.add(3, Use.of(new int[] {1, 1}, new double[] {1, 1})),
        "flow 3 uses resource 1 twice");
    assertRefused(() -> shares.add(3, Use.of(new int[] {1}, new double[0])),
        "flow 3 uses 1 resources, but has 0 amounts");
    assertRefused(() -> shares.add(3, Use.of(first, new double[] {Double.POSITIVE_INFINITY})),
        "the use of resource 0 by flow 3 is Infinity, not above 0 and finite");
    assertRefused(() -> shares.add(3, new Use(first, new double[] {1}, Double.NaN, 1)),
        "the weight of flow 3 is NaN, not above 0 and finite");
    assertRefused(() -> shares.add(3, new Use(first, new double[] {1}, 1, -1)),
        "the cap of flow 3 is -1.0, not above 0 and finite");
    assertRefused(() -> shares.add(3, new Use(first, new double[] {1e200}, 1e200, 1)),
        "the use of resource 0 by flow 3 is 1.0E200, not from 1.0E-75 to 1.0E75");
    assertRefused(() -> shares.add(3, new Use(first, new double[] {1}, 1e-200, 1)),
        "the weight of flow 3 is 1.0E-200, not from 1.0E-75 to 1.0E75");
    assertRefused(() -> shares.remove(3), "there is no flow 3");
    shares.add(3, one(0));
    assertRefused(() -> shares.add(3, one(0)), "there is a flow 3 already");
  }

  private static void assertRefused(Runnable act, String message) {
    assertThatIllegalArgumentException().isThrownBy(act::run).withMessageContaining(message);
  }

  private static void change(
      FairShares shares, RandomSharing sharing, List<Integer> present, Random random) {
    int kind = random.nextInt(10);
    if (kind == 0) {
      int resource = random.nextInt(sharing.capacities.length);
      sharing.capacities[resource] = sharing.number(0.1, 10, 4);
      shares.capacity(resource, sharing.capacities[resource]);
    } else if (kind < 5 && !present.isEmpty()) {
      shares.remove(present.remove(random.nextInt(present.size())));
    } else {
      int flow = random.nextInt(1000);
      if (!present.contains(flow)) {
        present.add(flow);
        shares.add(flow, sharing.use());
      }
    }
  }

  private static FairShares solved(double[] capacities, Use... uses) {
    FairShares shares = new FairShares(capacities);
    for (int flow = 0; flow < uses.length; flow++) {
      shares.add(flow, uses[flow]);
    }
    shares.solve();
    return shares;
  }

  private static Use one(int... resources) {
    return Use.of(resources, IntStream.of(resources).mapToDouble(r -> 1).toArray());
  }

  private static double[] rates(FairShares shares, int flows) {
    return IntStream.range(0, flows).mapToDouble(shares::rate).toArray();
  }
}
