package org.podpath.experiments.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.podpath.experiments.Explain;
import org.podpath.experiments.WrongInput;

class RecordBinderTest {
  private static final String SMALL = "lanes: 2\n";

  /** One component of each kind that the binder knows. */
  record Road(
      @Explain("Lanes side by side.") @Range(least = 1, most = 8) int lanes,
      @Default("1") long seed,
      @Default("250ns") long delayPs,
      @Default("4KiB") long bufferBytes,
      @Default("none") @Range(least = 1) OptionalLong linkBitsPerSecond,
      @Default("1500") @PlainNumber int mtuBytes,
      @Default("false") boolean isToll,
      @Default("two-way") Direction direction,
      @Default("{}") Map<String, Sign> signs,
      @Default("[]") List<Integer> exits,
      @Default("nobody") Optional<String> owner,
      @Default("unlimited") OptionalInt limit,
      @Default("open") Access access,
      @Default("oak") @NameOf("tree") String tree) {}

  record Sign(@Explain("What it says.") String text, @Default("1") int height) {
    Sign {
      if (height == 13) {
        throw new InvalidParameters("height", "13 brings bad luck; write another number");
      }
      if (text.equals("stop") && height > 9) {
        throw new IllegalArgumentException("a stop sign of " + height + "; write at most 9");
      }
    }
  }

  enum Direction {
    ONE_WAY,
    TWO_WAY
  }

  /** Open, closed, or a list of hours: two words and a record without a key. */
  sealed interface Access {
    enum Always implements Access {
      OPEN,
      CLOSED
    }

    record Hours(@Itself Map<String, Integer> hours) implements Access {}
  }

  sealed interface Vehicle {
    record Car(@Default("4") int wheels) implements Vehicle {}

    record SteamEngine(@Explain("Coal on board.") long coalBytes) implements Vehicle {}
  }

  record Garage(List<Vehicle> vehicles) {}

  /**
   * A word, a value behind the name of its kind, a list behind one, and a map of keys behind one.
   */
  sealed interface Toll {
    enum Rule implements Toll {
      FREE
    }

    record Flat(@Itself @Range(least = 1) long lengthMillimetres) implements Toll {}

    record Steps(@Itself List<Long> sizesBytes) implements Toll {
      public Steps {
        if (sizesBytes.size() != 2) {
          throw new IllegalArgumentException("steps: not two; write two of them");
        }
      }
    }

    record ByWeight(@Range(most = 2) double shareRatio) implements Toll {}
  }

  record Bridge(@Default("free") Toll toll, @Default("none") Optional<Double> slopeRatio) {}

  @Test
  void whatIsNotWrittenHasItsDefault() {
    assertThat(bind(SMALL)).isEqualTo(
        new Road(2, 1, 250_000, 4096, OptionalLong.empty(), 1500, false, Direction.TWO_WAY,
            Map.of(), List.of(), Optional.empty(), OptionalInt.empty(), Access.Always.OPEN, "oak"));
  }

  @Test
  void whatIsWrittenIsTaken() {
    Road road = bind("""
        lanes: 3
        seed: 9223372036854775807
        delay: 1.5us
        buffer: 1MB
        link: 10Gbps
        mtu: 9000
        is-toll: true
        direction: one-way
        signs: {b: {text: slow}, a: {text: 'no', height: 2}}
        exits: [7, 5]
        owner: me
        limit: 50
        access: {monday: 9}
        tree: elm
        """);

    assertThat(road).isEqualTo(
        new Road(3, Long.MAX_VALUE, 1_500_000, 1_000_000, OptionalLong.of(10_000_000_000L), 9000,
            true, Direction.ONE_WAY, Map.of("a", new Sign("no", 2), "b", new Sign("slow", 1)),
            List.of(7, 5), Optional.of("me"), OptionalInt.of(50),
            new Access.Hours(Map.of("monday", 9)), "elm"));
    assertThat(road.signs().keySet()).containsExactly("b", "a");
  }

  @Test
  void theWordDefaultLeavesAnOptionalOut() {
    Road road = bind(SMALL + "link: default\nlimit: default\n");

    assertThat(road.linkBitsPerSecond()).isEmpty();
    assertThat(road.limit()).isEmpty();
  }

  /** As the reference prints them: what a reader copies from there has to be read. */
  @Test
  void theWordsOfADefaultLeaveAnOptionalOut() {
    assertThat(bind(SMALL + "owner: nobody\nlimit: unlimited\nlink: none\n"))
        .isEqualTo(bind(SMALL));
  }

  /** 2.5 m are 2,500 mm; 0.25 has an exact double. */
  @ParameterizedTest
  @MethodSource("tolls")
  void aValueIsWrittenBehindTheNameOfItsKind(String text, Toll toll) {
    YamlNode node = parse(text);

    assertThat(new RecordBinder(Map.of(), new Faults()).bind(node, Bridge.class))
        .contains(new Bridge(toll, Optional.empty()));
  }

  static Stream<Arguments> tolls() {
    return Stream.of(
        Arguments.of("{}", Toll.Rule.FREE),
        Arguments.of("toll: free", Toll.Rule.FREE),
        Arguments.of("toll: {flat: 2.5m}", new Toll.Flat(2_500)),
        Arguments.of("toll: {steps: [1kB, 2B]}", new Toll.Steps(List.of(1_000L, 2L))),
        Arguments.of("toll: {by-weight: {share: 0.25}}", new Toll.ByWeight(0.25)));
  }

  @Test
  void aRatioIsANumberWithOrWithoutDecimals() {
    assertThat(slope("0.125")).contains(0.125);
    assertThat(slope("2")).contains(2.0);
    assertThat(slope("none")).isEmpty();
  }

  private static Optional<Double> slope(String text) {
    return new RecordBinder(Map.of(), new Faults())
        .bind(parse("slope: " + text), Bridge.class)
        .orElseThrow()
        .slopeRatio();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "toll: dear | toll: found 'dear'; write one of [free] or a map with one of the keys"
          + " [flat, steps, by-weight]",
      "toll: flat | toll: found 'flat'; write one of [free] or a map with one of the keys"
          + " [flat, steps, by-weight]",
      "toll: {rule: free} | unknown key 'rule' (flat, steps, by-weight); write one of these",
      "toll: {step: []} | unknown key 'step' (flat, steps, by-weight); write 'steps'",
      "toll: {flat: 3} | flat: '3' is not a length; write a number and one of [mm, m, km]",
      "toll: {flat: 0m} | flat: '0m' is too small; write at least 1mm",
      "toll: {flat: {length: 1m}} | flat: found a map; write a length: a number and one of"
          + " [mm, m, km]",
      "toll: {steps: 1kB} | steps: found '1kB'; write a list",
      "toll: {steps: [1kB]} | steps: not two; write two of them",
      "toll: {steps: [1kB, x]} | steps: 'x' is not a size; write a number and one of"
          + " [B, kB, MB, GB, TB, KiB, MiB, GiB, TiB]",
      "toll: {by-weight: {}} | missing key 'share'; write 'share: …' ()",
      "toll: {by-weight: {share: 2.5}} | share: '2.5' is not a number from 0 to 2; write one,"
          + " such as 0.5",
      "toll: {by-weight: {share: -1}} | share: '-1' is not a number from 0 to 2; write one,"
          + " such as 0.5",
      "toll: {by-weight: {share: 1e0}} | share: '1e0' is not a number from 0 to 2; write one,"
          + " such as 0.5",
      "toll: {by-weight: {share: []}} | share: found a list; write a number from 0 to 2",
      "slope: some | slope: 'some' is not a number from 0 to 9223372036854775807; write one,"
          + " such as 0.5",
  })
  void aWrongValueBehindAKindIsAFaultAtItsLine(String line, String fault) {
    assertThat(faultsOf("# a bridge\n" + line + "\n", Bridge.class))
        .containsExactly("x.yaml:2: " + fault);
  }

  @Test
  void kindsAreWrittenUnderTheirName() {
    YamlNode node = parse("vehicles: [{car: {}}, {steam-engine: {coal: 1MB}}]");

    Garage garage = new RecordBinder(Map.of(), new Faults()).bind(node, Garage.class).orElseThrow();

    assertThat(garage.vehicles())
        .containsExactly(new Vehicle.Car(4), new Vehicle.SteamEngine(1_000_000));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "link: 100 | link: '100' is not a rate; write a number and one of"
          + " [bps, kbps, Mbps, Gbps, Tbps]",
      "link: 0Gbps | link: '0Gbps' is too small; write at least 1bps",
      "link: [1Gbps] | link: found a list; write a rate: a number and one of"
          + " [bps, kbps, Mbps, Gbps, Tbps]",
      "delay: -1ns | delay: '-1ns' is negative; write a time of at least 0",
      "mtu: 1500B | mtu: '1500B' is not a whole number from 0 to 2147483647; write one",
      "seed: -1 | seed: '-1' is not a whole number from 0 to 9223372036854775807; write one",
      "seed: 9223372036854775808 | seed: '9223372036854775808' is not a whole number from 0 to"
          + " 9223372036854775807; write one",
      "limit: 3000000000 | limit: '3000000000' is not a whole number from 0 to 2147483647;"
          + " write one",
      "limit: 1e3 | limit: '1e3' is not a whole number from 0 to 2147483647; write one",
      "is-toll: yes | is-toll: 'yes' is neither; write true or false",
      "direction: sideways | direction: 'sideways' is not known; write one of [one-way, two-way]",
      "signs: [a] | signs: found a list; write a map",
      "signs: {a: x} | signs: found 'x'; write a map with some of the keys [text, height]",
      "exits: 7 | exits: found '7'; write a list",
      "exits: [x] | exits: 'x' is not a whole number from 0 to 2147483647; write one",
      "delay: | delay: found nothing; write a time: a number and one of"
          + " [ps, ns, us, ms, s, min, h]",
      "owner: {a: b} | owner: found a map; write a name",
      "access: ajar | access: found 'ajar'; write one of [open, closed] or a map",
      "access: {monday: x} | access: 'x' is not a whole number from 0 to 2147483647; write one",
      "tree: elk | tree: unknown tree 'elk'; write 'elm', or one of [oak, elm]",
      "tree: stone | tree: unknown tree 'stone'; write one of [oak, elm]",
      "signs: {a: {}} | missing key 'text'; write 'text: …' (What it says.)",
      "signs: {a: {text: x, height: 13}} | height: 13 brings bad luck; write another number",
      "signs: {a: {text: stop, height: 10}} | a stop sign of 10; write at most 9",
      "colour: 9 | unknown key 'colour' (lanes, seed, delay, buffer, link, mtu, is-toll, direction,"
          + " signs, exits, owner, limit, access, tree); write one of these",
      "lnik: 9 | unknown key 'lnik' (lanes, seed, delay, buffer, link, mtu, is-toll, direction,"
          + " signs, exits, owner, limit, access, tree); write 'link'",
  })
  void aWrongValueIsAFaultAtItsLine(String line, String fault) {
    assertThat(faultsOf(SMALL + line + "\n", Road.class)).containsExactly("x.yaml:2: " + fault);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "{bus: {}} | unknown key 'bus' (car, steam-engine); write one of these",
      "{care: {}} | unknown key 'care' (car, steam-engine); write 'car'",
      "car | vehicles: found 'car'; write a map with one of the keys [car, steam-engine]",
      "{car: {}, bus: {}} | vehicles: found a map; write a map with one of the keys"
          + " [car, steam-engine]",
      "{car: 1} | car: found '1'; write a map with some of the keys [wheels]",
      "{steam-engine: {}} | missing key 'coal'; write 'coal: …' (Coal on board.)",
  })
  void aWrongKindIsAFaultAtItsLine(String vehicle, String fault) {
    assertThat(faultsOf("vehicles:\n  - " + vehicle + "\n", Garage.class))
        .containsExactly("x.yaml:2: " + fault);
  }

  @Test
  void aMissingKeyIsAFaultAtTheMapItBelongsIn() {
    assertThat(faultsOf("# a road\nseed: 1\n", Road.class))
        .containsExactly("x.yaml:2: missing key 'lanes'; write 'lanes: …' (Lanes side by side.)");
  }

  @Test
  void aDocumentThatIsNoMapIsAFault() {
    assertThat(faultsOf("[1]", Garage.class))
        .containsExactly("x.yaml:1: found a list; write a map with some of the keys [vehicles]");
  }

  @Test
  void everyFaultIsReportedInTheOrderOfLines() {
    assertThat(faultsOf("seed: x\nlanes: 9\nsigns:\n  a: {}\n  b: {text: x, height: y}\n",
        Road.class)).containsExactly(
            "x.yaml:1: seed: 'x' is not a whole number from 0 to 9223372036854775807; write one",
            "x.yaml:2: lanes: '9' is not a whole number from 1 to 8; write one",
            "x.yaml:4: missing key 'text'; write 'text: …' (What it says.)",
            "x.yaml:5: height: 'y' is not a whole number from 0 to 2147483647; write one");
  }

  @Test
  void faultsAfterTheTwentiethAreCounted() {
    List<String> lines = faultsOf("lanes: 1\nexits: [" + "x, ".repeat(3) + "y]\n" + "signs:\n"
        + manySigns(30), Road.class);

    // the three 'x' are one fault at one place; with 'y' and the thirty signs that makes 32
    assertThat(lines).hasSize(21).last().isEqualTo("… and 12 more");
  }

  private static String manySigns(int count) {
    StringBuilder signs = new StringBuilder();
    for (int i = 0; i < count; i++) {
      signs.append("  s" + i + ": {}\n");
    }
    return signs.toString();
  }

  private static Road bind(String text) {
    Faults faults = new Faults();
    Optional<Road> road =
        new RecordBinder(Map.of("tree", List.of("oak", "elm")), faults)
            .bind(parse(text), Road.class);
    faults.stopIfAny();
    return road.orElseThrow();
  }

  private static List<String> faultsOf(String text, Class<? extends Record> type) {
    Faults faults = new Faults();
    Map<String, List<String>> catalogues = Map.of("tree", List.of("oak", "elm"));
    assertThat(new RecordBinder(catalogues, faults).bind(parse(text), type)).isEmpty();
    return catchThrowableOfType(WrongInput.class, faults::stopIfAny).lines();
  }

  private static YamlNode parse(String text) {
    return YamlParser.parseFile("x.yaml", text, new Faults());
  }
}
