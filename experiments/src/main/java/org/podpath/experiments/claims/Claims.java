package org.podpath.experiments.claims;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import org.podpath.experiments.WrongInput;

/** The published claims that Podpath checks. */
public final class Claims {
  /** Sources with claims; each is a file among the resources of this package. */
  private static final List<String> SOURCES = List.of("seed-a");

  private Claims() {}

  /**
   * Which claims are wanted; empty means whatever it is.
   *
   * @param source that makes them
   * @param table of the source that they are about
   * @param prefix that their names begin with
   * @param tag of a group
   */
  public record Selection(
      Optional<String> source, OptionalInt table, Optional<String> prefix, Optional<String> tag) {

    /** All claims. */
    static final Selection ALL =
        new Selection(Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty());
  }

  /** What every claim says, by its name. */
  public static Map<String, String> list() {
    Map<String, String> sayings = new LinkedHashMap<>();
    select(Selection.ALL).forEach(claim -> sayings.put(claim.id(), claim.says()));
    return sayings;
  }

  /**
   * The claims that {@code wanted} describes, in the order of their sources.
   *
   * @throws WrongInput if there is none; it says which there are
   */
  public static List<Claim> select(Selection wanted) {
    List<Claim> claims = sources(wanted.source()).stream()
        .flatMap(source -> ClaimFile.ofSource(source).claims().stream())
        .toList();
    if (wanted.table().isPresent()) {
      int table = wanted.table().getAsInt();
      claims = those(
          claims, claim -> claim.table().equals(OptionalInt.of(table)), "--table " + table,
          claim -> claim.table().isPresent() ? "" + claim.table().getAsInt() : "");
    }
    if (wanted.tag().isPresent()) {
      String tag = wanted.tag().get();
      claims = those(
          claims, claim -> claim.tags().stream().anyMatch(t -> t.id().equals(tag)), "--tag " + tag,
          claim -> claim.tags().stream().map(Tag::id).findFirst().orElse(""));
    }
    if (wanted.prefix().isPresent()) {
      String prefix = wanted.prefix().get();
      claims =
          those(claims, claim -> claim.id().startsWith(prefix), "--id " + prefix, Claim::id);
    }
    return claims;
  }

  private static List<String> sources(Optional<String> wanted) {
    if (wanted.isEmpty()) {
      return SOURCES;
    }
    if (!SOURCES.contains(wanted.get())) {
      throw new WrongInput(
          "--source " + wanted.get() + ": no claims of it; write one of " + SOURCES);
    }
    return List.of(wanted.get());
  }

  private static List<Claim> those(
      List<Claim> claims, Predicate<Claim> wanted, String option, Function<Claim, String> name) {
    List<Claim> those = claims.stream().filter(wanted).toList();
    if (those.isEmpty()) {
      List<String> names =
          claims.stream().map(name).filter(text -> !text.isEmpty()).distinct().sorted().toList();
      throw new WrongInput(option + ": no such claim; write one of " + names);
    }
    return those;
  }
}
