package org.podpath.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.cluster.Moderation;
import org.podpath.engine.units.Quantity;

class ProfilesTest {
  static Stream<String> names() {
    return Profiles.names().stream();
  }

  static Stream<Profiles.Field> fields() {
    return names().flatMap(name -> Profiles.fields(name).stream());
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyProfileHasEveryFieldOnce(String name) {
    assertThat(Profiles.of(name).name()).isEqualTo(name);
    assertThat(Profiles.fields(name)).extracting(Profiles.Field::name)
        .containsExactlyInAnyOrder(
            "slowness", "cold", "cold-idle", "moderation", "nic-latency", "nic", "mtu", "smt-share",
            "hairpin", "hairpin-latency", "train", "moderation-kind", "ring");
  }

  @ParameterizedTest
  @MethodSource("fields")
  void everyFieldLiesWithinItsLimits(Profiles.Field field) {
    assertThat(number(field, field.value()))
        .isBetween(number(field, field.low()), number(field, field.high()));
  }

  private static BigDecimal number(Profiles.Field field, String text) {
    return switch (field.unit()) {
      case "time" -> BigDecimal.valueOf(Quantity.TIME.parse(text));
      case "rate" -> BigDecimal.valueOf(Quantity.RATE.parse(text));
      case "bytes", "ratio", "frames" -> new BigDecimal(text);
      case "kind" ->
          BigDecimal.valueOf(Moderation.valueOf(text.toUpperCase(Locale.ROOT)).ordinal());
      default -> throw new AssertionError("'" + field.unit() + "' is no unit of a profile");
    };
  }

  @ParameterizedTest
  @MethodSource("fields")
  void everyFieldSaysWhereItComesFrom(Profiles.Field field) {
    assertThat(field.source()).hasSizeGreaterThan(10);
  }

  @ParameterizedTest
  @MethodSource("names")
  void theSourceOfAProfileIsThatOfItsSpeed(String name) {
    List<String> sources =
        Profiles.fields(name)
            .stream()
            .filter(field -> field.name().equals("slowness"))
            .map(Profiles.Field::source)
            .toList();

    assertThat(sources).containsExactly(Profiles.source(name));
  }

  @Test
  void textBecomesNumbersInTheUnitsOfTheEngine() {
    assertThat(Profiles.of("seed10g"))
        .isEqualTo(
            new HostProfile(
                "seed10g", 2.85, 3.3, 20_000_000, 11_000_000, 1_000_000, 10_000_000_000L, 9000,
                0.66,
                10_000_000_000L, 500_000, 0.7, Moderation.ADAPTIVE, 1024));
  }

  @Test
  void anUnknownProfileIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Profiles.of("ref2"))
        .withMessageStartingWith("no host profile 'ref2'; use one of [seed10g, ref");
    assertThat(Profiles.fields("ref2")).isEmpty();
  }
}
