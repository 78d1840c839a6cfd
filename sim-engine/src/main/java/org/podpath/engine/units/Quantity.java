package org.podpath.engine.units;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What can be measured, the units in which a person may write it, and the whole number it becomes.
 *
 * <p>Conversion is exact decimal arithmetic: a value that is not a whole number of base units is
 * refused, never rounded.
 */
public enum Quantity {
  /** Picoseconds. */
  TIME(
      "time",
      "picoseconds",
      new Unit("ps", 1L),
      new Unit("ns", 1_000L),
      new Unit("us", 1_000_000L),
      new Unit("ms", 1_000_000_000L),
      new Unit("s", 1_000_000_000_000L),
      new Unit("min", 60_000_000_000_000L),
      new Unit("h", 3_600_000_000_000_000L)),

  /** Bytes; 1 kB is 1000 bytes, 1 KiB is 1024. */
  SIZE(
      "size",
      "bytes",
      new Unit("B", 1L),
      new Unit("kB", 1_000L),
      new Unit("MB", 1_000_000L),
      new Unit("GB", 1_000_000_000L),
      new Unit("TB", 1_000_000_000_000L),
      new Unit("KiB", 1L << 10),
      new Unit("MiB", 1L << 20),
      new Unit("GiB", 1L << 30),
      new Unit("TiB", 1L << 40)),

  /** Bits per second. */
  RATE(
      "rate",
      "bits per second",
      new Unit("bps", 1L),
      new Unit("kbps", 1_000L),
      new Unit("Mbps", 1_000_000L),
      new Unit("Gbps", 1_000_000_000L),
      new Unit("Tbps", 1_000_000_000_000L)),

  /** Events per hour, so that a whole number per minute or second is one too. */
  FREQUENCY(
      "frequency",
      "events per hour",
      new Unit("/h", 1L),
      new Unit("/min", 60L),
      new Unit("/s", 3_600L)),

  /** Millimetres, of cable. */
  LENGTH(
      "length",
      "millimetres",
      new Unit("mm", 1L),
      new Unit("m", 1_000L),
      new Unit("km", 1_000_000L));

  /** The length is bounded so that a file of digits is a fault and not an hour of arithmetic. */
  private static final Pattern NUMBER_AND_UNIT =
      Pattern.compile("(-?[0-9]{1,40}(?:\\.[0-9]{1,40})?) ?(/?[A-Za-z]+)");

  private final String noun;
  private final String baseUnits;
  private final List<Unit> units;

  Quantity(String noun, String baseUnits, Unit... units) {
    this.noun = noun;
    this.baseUnits = baseUnits;
    this.units = List.of(units);
  }

  /**
   * The number of base units that a text such as {@code 12.5s}, {@code 4KiB} or {@code 100Gbps}
   * stands for.
   *
   * @throws IllegalArgumentException if the text has no number, no unit or another quantity's, or
   *     if its value is negative, not whole in the base unit, or larger than a {@code long}; the
   *     message says what to write
   */
  public long parse(String text) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text);
    if (!matcher.matches()) {
      throw notThis(text);
    }
    long inBase = unit(matcher.group(2), text).inBase();
    long simple = simple(matcher.group(1), inBase);
    return simple >= 0 ? simple : parse(text, new BigDecimal(matcher.group(1)), inBase);
  }

  /**
   * The value of a number of few digits, −1 where it takes more than a {@code long} to find out: the
   * first use of {@code BigDecimal} costs a short run a third of its time.
   */
  private static long simple(String number, long inBase) {
    int point = number.indexOf('.');
    String digits = point < 0 ? number : number.substring(0, point) + number.substring(point + 1);
    if (digits.length() > 9 || !digits.chars().allMatch(Character::isDigit)) {
      return -1;
    }
    long divisor = 1;
    for (int decimal = point < 0 ? 0 : number.length() - point - 1; decimal > 0; decimal--) {
      divisor *= 10;
    }
    long count = Long.parseLong(digits);
    if (count > Long.MAX_VALUE / inBase || count * inBase % divisor != 0) {
      return -1;
    }
    return count * inBase / divisor;
  }

  private long parse(String text, BigDecimal number, long inBase) {
    BigDecimal value = number.multiply(BigDecimal.valueOf(inBase));
    if (value.signum() < 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is negative; write a " + noun + " of at least 0");
    }
    if (value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is too large; write at most " + format(Long.MAX_VALUE));
    }
    if (value.stripTrailingZeros().scale() > 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a whole number of " + baseUnits + "; write fewer decimals");
    }
    return value.longValueExact();
  }

  /**
   * The shortest text that {@link #parse} turns into the same number; of equally short ones the one
   * without a decimal point, then the one with the smaller unit.
   *
   * @throws IllegalArgumentException if the number of base units is negative
   */
  public String format(long baseUnitCount) {
    if (baseUnitCount < 0) {
      throw new IllegalArgumentException("no " + noun + " is negative: " + baseUnitCount);
    }
    String shortest = baseUnitCount + units.get(0).name();
    for (Unit unit : units) {
      String text = inUnit(baseUnitCount, unit);
      if (text != null && isBetter(text, shortest)) {
        shortest = text;
      }
    }
    return shortest;
  }

  /** The word for this quantity within a sentence, such as {@code rate}. */
  public String noun() {
    return noun;
  }

  /** The names of the units, as in {@code [bps, kbps, Mbps, Gbps, Tbps]}. */
  public String unitNames() {
    return units.stream().map(Unit::name).collect(Collectors.joining(", ", "[", "]"));
  }

  private Unit unit(String name, String text) {
    return units.stream()
        .filter(unit -> unit.name().equals(name))
        .findFirst()
        .orElseThrow(() -> notThis(text));
  }

  private IllegalArgumentException notThis(String text) {
    return new IllegalArgumentException(
        "'" + text + "' is not a " + noun + "; write a number and one of " + unitNames());
  }

  /** The count in this unit, or null where that takes more decimals than anyone would write. */
  private static String inUnit(long baseUnitCount, Unit unit) {
    BigDecimal count = BigDecimal.valueOf(baseUnitCount);
    BigDecimal factor = BigDecimal.valueOf(unit.inBase());
    BigDecimal number = count.divide(factor, 40, RoundingMode.DOWN);
    if (number.multiply(factor).compareTo(count) != 0) {
      return null;
    }
    return number.stripTrailingZeros().toPlainString() + unit.name();
  }

  private static boolean isBetter(String text, String other) {
    if (text.length() != other.length()) {
      return text.length() < other.length();
    }
    return !text.contains(".") && other.contains(".");
  }

  private record Unit(String name, long inBase) {}
}
