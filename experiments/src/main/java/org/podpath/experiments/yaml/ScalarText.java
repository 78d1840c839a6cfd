package org.podpath.experiments.yaml;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.podpath.engine.units.Quantity;

/** Values without parts: what a text stands for, and what to write instead of a wrong one. */
final class ScalarText {

  private ScalarText() {}

  /**
   * The value of a parameter.
   *
   * @throws IllegalArgumentException if the text is none; the message says what to write
   */
  static Object value(Parameter parameter, String text, Map<String, List<String>> catalogues) {
    Class<?> type = (Class<?>) parameter.type();
    if (parameter.quantity().isPresent()) {
      return measured(parameter, parameter.quantity().get(), text);
    }
    if (isWholeNumber(type)) {
      return wholeNumber(parameter, text);
    }
    if (isDecimal(type)) {
      return decimal(parameter, text);
    }
    if (type == boolean.class || type == Boolean.class) {
      return truth(text);
    }
    if (type.isEnum()) {
      return word(type, text);
    }
    return name(parameter, text, catalogues);
  }

  /** What to write for a parameter, after the word {@code write}. */
  static String expected(Parameter parameter, Map<String, List<String>> catalogues) {
    Class<?> type = (Class<?>) parameter.type();
    if (parameter.quantity().isPresent()) {
      Quantity quantity = parameter.quantity().get();
      return "a " + quantity.noun() + ": a number and one of " + quantity.unitNames();
    }
    if (isWholeNumber(type)) {
      return "a whole number from " + parameter.least() + " to " + most(parameter);
    }
    if (isDecimal(type)) {
      return "a number from " + parameter.least() + " to " + parameter.most();
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type.isEnum()) {
      return "one of " + words(List.of(type));
    }
    return parameter.catalogue().map(c -> "one of " + catalogues.get(c)).orElse("a name");
  }

  /** The constant of this name of any enum among the types, or null. */
  static Object constant(List<Class<?>> types, String text) {
    return types.stream()
        .filter(Class::isEnum)
        .flatMap(type -> Arrays.stream(type.getEnumConstants()))
        .filter(constant -> Parameter.kebab(constant.toString()).equals(text))
        .findFirst()
        .orElse(null);
  }

  /** The words for the constants of every enum among the types. */
  static List<String> words(List<Class<?>> types) {
    return types.stream()
        .filter(Class::isEnum)
        .flatMap(type -> Arrays.stream(type.getEnumConstants()))
        .map(constant -> Parameter.kebab(constant.toString()))
        .toList();
  }

  static boolean isWholeNumber(Class<?> type) {
    return type == int.class || type == Integer.class || type == long.class || type == Long.class;
  }

  static boolean isDecimal(Class<?> type) {
    return type == double.class || type == Double.class;
  }

  /** The largest number that a parameter can be, by its range and by its type. */
  static long most(Parameter parameter) {
    boolean isInt = parameter.type() == int.class || parameter.type() == Integer.class;
    return isInt ? Math.min(parameter.most(), Integer.MAX_VALUE) : parameter.most();
  }

  private static long measured(Parameter parameter, Quantity quantity, String text) {
    long value = quantity.parse(text);
    if (value < parameter.least()) {
      throw new IllegalArgumentException(
          "'" + text + "' is too small; write at least " + quantity.format(parameter.least()));
    }
    if (value > parameter.most()) {
      throw new IllegalArgumentException(
          "'" + text + "' is too large; write at most " + quantity.format(parameter.most()));
    }
    return value;
  }

  private static Object wholeNumber(Parameter parameter, String text) {
    long most = most(parameter);
    if (text.matches("[0-9]{1,19}")) {
      BigInteger number = new BigInteger(text);
      if (number.compareTo(BigInteger.valueOf(parameter.least())) >= 0
          && number.compareTo(BigInteger.valueOf(most)) <= 0) {
        boolean isInt = parameter.type() == int.class || parameter.type() == Integer.class;
        return isInt ? (Object) number.intValueExact() : (Object) number.longValueExact();
      }
    }
    throw new IllegalArgumentException(
        "'" + text + "' is not a whole number from " + parameter.least() + " to " + most
            + "; write one");
  }

  private static double decimal(Parameter parameter, String text) {
    if (text.matches("[0-9]{1,18}(\\.[0-9]{1,18})?")) {
      double number = Double.parseDouble(text);
      if (number >= parameter.least() && number <= parameter.most()) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        "'" + text + "' is not a number from " + parameter.least() + " to " + parameter.most()
            + "; write one, such as 0.5");
  }

  private static boolean truth(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("'" + text + "' is neither; write true or false");
    }
    return text.equals("true");
  }

  private static Object word(Class<?> type, String text) {
    Object constant = constant(List.of(type), text);
    if (constant == null) {
      throw new IllegalArgumentException(
          "'" + text + "' is not known; write one of " + words(List.of(type)));
    }
    return constant;
  }

  private static String name(
      Parameter parameter, String text, Map<String, List<String>> catalogues) {
    if (parameter.catalogue().isEmpty()) {
      return text;
    }
    String catalogue = parameter.catalogue().get();
    List<String> names = Objects.requireNonNull(catalogues.get(catalogue), catalogue);
    if (!names.contains(text)) {
      String hint = Nearest.to(text, names).map(near -> "'" + near + "', or ").orElse("");
      throw new IllegalArgumentException(
          "unknown " + catalogue + " '" + text + "'; write " + hint + "one of " + names);
    }
    return text;
  }
}
