package org.podpath.experiments.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * What would let two runs of one seed differ: shared state, other random numbers, the wall clock,
 * threads, orders and roundings that the JVM chooses.
 */
class SameSeedSameBytesTest {
  /** Rounded as the JVM pleases; StrictMath and FastMath are not. */
  private static final Set<String> ROUNDED_BY_THE_JVM = Set.of(
      "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh",
      "exp", "expm1", "log", "log10", "log1p", "pow", "cbrt", "hypot");

  @Test
  void noStaticFieldCanChange() {
    fields().that()
        .areStatic()
        .should()
        .beFinal()
        .check(Production.CLASSES);
  }

  @Test
  void theEngineDrawsOnlyFromItsOwnRandomStreams() {
    engine().should()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.util\\.(Random|SplittableRandom|UUID)"
                + "|java\\.util\\.concurrent\\.ThreadLocalRandom"
                + "|java\\.security\\.SecureRandom")
        .check(Production.CLASSES);
    forbidInTheEngine("java.lang.Math", Set.of("random"));
  }

  @Test
  void theEngineRoundsTheSameOnEveryMachine() {
    forbidInTheEngine("java.lang.Math", ROUNDED_BY_THE_JVM);
  }

  @Test
  void theEngineNeverLooksAtTheWallClock() {
    forbidInTheEngine(
        "java.lang.System", Set.of("currentTimeMillis", "nanoTime", "identityHashCode"));
    engine().should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.time\\.(Instant|Clock|.*Date.*|LocalTime)|java\\.util\\.Date")
        .check(Production.CLASSES);
  }

  @Test
  void theEngineStartsNoThread() {
    engine().should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.lang\\.Thread|java\\.util\\.concurrent\\..*")
        .check(Production.CLASSES);
    forbidInTheEngine("java.util.Collection", Set.of("parallelStream"));
  }

  /** Hash order changes with the JVM, and that of Map.of and Set.of with every start of it. */
  @Test
  void theEngineKeepsNothingInAnOrderThatTheJvmChooses() {
    engine().should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.util\\.(HashMap|HashSet|IdentityHashMap|WeakHashMap|Hashtable)")
        .check(Production.CLASSES);
    Map<String, Set<String>> unordered = new TreeMap<>(
        Map.of(
            "java.util.Map", Set.of("of", "ofEntries", "copyOf"),
            "java.util.Set", Set.of("of", "copyOf"),
            "java.util.stream.Collectors",
            Set.of("toSet", "toUnmodifiableSet", "toUnmodifiableMap")));
    unordered.forEach(SameSeedSameBytesTest::forbidInTheEngine);
  }

  /** These collect into a HashMap unless the caller hands in a map. */
  @Test
  void theEngineCollectsOnlyIntoMapsThatItNames() {
    engine().should()
        .accessTargetWhere(
            access(
                "Collectors without a map of the caller's",
                a -> a.getTargetOwner().getName().equals("java.util.stream.Collectors")
                    && List.of("toMap", "groupingBy", "partitioningBy").contains(a.getName())
                    && !a.getTarget().getFullName().contains("java.util.function.Supplier")))
        .check(Production.CLASSES);
  }

  private static GivenClassesConjunction engine() {
    return noClasses().that().resideInAPackage("org.podpath.engine..");
  }

  /** No class of the engine calls or refers to one of these methods of {@code owner}. */
  private static void forbidInTheEngine(String owner, Set<String> methods) {
    engine().should()
        .accessTargetWhere(
            access(
                owner + "." + new TreeSet<>(methods),
                a -> a.getTargetOwner().getName().equals(owner) && methods.contains(a.getName())))
        .check(Production.CLASSES);
  }

  private static DescribedPredicate<JavaAccess<?>> access(
      String what, Predicate<JavaAccess<?>> test) {
    return DescribedPredicate.describe(what, test);
  }
}
