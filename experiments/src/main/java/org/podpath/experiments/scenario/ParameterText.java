package org.podpath.experiments.scenario;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Parameter;

/** What a reader wants to know of one parameter, in words. */
final class ParameterText {

  private ParameterText() {}

  /** What may be written, such as {@code whole number, 1 to 1024}. */
  static String kind(Parameter parameter) {
    return parameter.catalogue()
        .map(catalogue -> "name of a " + catalogue)
        .orElseGet(() -> kind(parameter, parameter.type()) + range(parameter));
  }

  /** The default as YAML or in words, or that there is none. */
  static String byDefault(Parameter parameter) {
    return parameter.defaultText().orElse("required");
  }

  /** The words and keys that may be written and what they mean: {@code spread: Each pod …}. */
  static List<String> choices(Parameter parameter) {
    if (!(parameter.type() instanceof Class<?> type)) {
      return List.of();
    }
    List<String> choices = new ArrayList<>();
    choices(type).forEach((word, meaning) -> choices.add(word + ": " + meaning));
    return choices;
  }

  /**
   * What each word of an enum, or each word and key of a sealed interface, means; of a word that is
   * also a key, what the word means.
   */
  static Map<String, String> choices(Class<?> type) {
    Stream<Class<?>> kinds =
        type.isSealed() ? Arrays.stream(type.getPermittedSubclasses()) : Stream.of(type);
    Map<String, String> meanings = new LinkedHashMap<>();
    kinds.forEach(kind -> {
      if (kind.isEnum()) {
        Arrays.stream(kind.getEnumConstants())
            .forEach(
                word -> meanings.put(
                    Parameter.kebab(word.toString()), meaning(field(kind, (Enum<?>) word))));
      } else if (type.isSealed() && !Parameter.isUnnamed(kind) && !Parameter.isAnyWord(kind)) {
        meanings.putIfAbsent(Parameter.kebab(kind.getSimpleName()), meaning(kind));
      }
    });
    return meanings;
  }

  private static Field field(Class<?> kind, Enum<?> word) {
    try {
      return kind.getField(word.name());
    } catch (NoSuchFieldException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String meaning(AnnotatedElement explained) {
    return explained.getAnnotation(Explain.class).value();
  }

  private static String kind(Parameter parameter, Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      String item = kind(parameter, arguments[arguments.length - 1]);
      boolean isNoun =
          item.equals("map") || item.endsWith("number") || parameter.quantity().isPresent();
      String items = isNoun ? item + "s" : item;
      return (generic.getRawType() == List.class ? "list of " : "map of ") + items;
    }
    if (parameter.quantity().isPresent()) {
      return parameter.quantity().get().noun();
    }
    Class<?> plain = (Class<?>) type;
    if (plain == int.class || plain == Integer.class || plain == long.class) {
      return "whole number";
    }
    if (plain == double.class || plain == Double.class) {
      return "number";
    }
    if (plain == boolean.class) {
      return "true or false";
    }
    if (plain.isEnum()) {
      return words(plain).collect(Collectors.joining(" or "));
    }
    return plain == String.class ? "name" : ofParts(plain);
  }

  private static String ofParts(Class<?> type) {
    if (!type.isSealed()) {
      return "map";
    }
    return Arrays.stream(type.getPermittedSubclasses())
        .flatMap(kind -> kind.isEnum() ? words(kind)
            : Stream.of(
                Parameter.isUnnamed(kind) ? "map"
                    : Parameter.isAnyWord(kind) ? "name"
                    : Parameter.kebab(kind.getSimpleName())))
        .distinct()
        .collect(Collectors.joining(" or "));
  }

  private static Stream<String> words(Class<?> enumeration) {
    return Arrays.stream(enumeration.getEnumConstants())
        .map(word -> Parameter.kebab(word.toString()));
  }

  private static String range(Parameter parameter) {
    if (parameter.type() instanceof ParameterizedType) {
      return parameter.least() == 0 ? "" : ", at least " + parameter.least();
    }
    if (!List.of(int.class, long.class, double.class, Double.class).contains(parameter.type())) {
      return "";
    }
    return parameter.most() == Long.MAX_VALUE
        ? ", at least " + number(parameter, parameter.least())
        : ", " + number(parameter, parameter.least()) + " to "
            + number(parameter, parameter.most());
  }

  private static String number(Parameter parameter, long number) {
    return parameter.quantity().map(quantity -> quantity.format(number)).orElse("" + number);
  }
}
