package org.podpath.experiments.yaml;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Makes a record of a tree of nodes, each component of the value under its key.
 *
 * <p>A sealed interface is written as a map of one key, the kind, and the parameters of that kind;
 * its enums as a word; a record with {@link Itself} as that component, under the name of the kind
 * unless it is a map. Methods answer null for a
 * value whose fault has been reported, so that the rest of the tree is still looked at.
 */
public final class RecordBinder {
  private final Map<String, List<String>> catalogues;
  private final Faults faults;
  private final Map<String, YamlNode> defaults = new HashMap<>();

  /**
   * A binder for any number of trees.
   *
   * @param catalogues the known names for every {@link NameOf}
   * @param faults takes what is wrong
   */
  public RecordBinder(Map<String, List<String>> catalogues, Faults faults) {
    this.catalogues = Map.copyOf(catalogues);
    this.faults = faults;
  }

  /** The record of a tree; empty if something in it is wrong, which is then among the faults. */
  public <T extends Record> Optional<T> bind(YamlNode root, Class<T> type) {
    return Optional.ofNullable(type.cast(record("", root, type)));
  }

  private Object value(Parameter parameter, YamlNode node) {
    if (!(parameter.type() instanceof Class<?> type)) {
      return collection(parameter, node, (ParameterizedType) parameter.type());
    }
    if (type.isRecord()) {
      return record(parameter.key(), node, type);
    }
    if (type.isSealed()) {
      return oneOfKinds(parameter.key(), node, type);
    }
    if (!(node instanceof YamlNode.Scalar scalar) || scalar.isNothing()) {
      return wrongKind(parameter.key(), node, ScalarText.expected(parameter, catalogues));
    }
    try {
      return ScalarText.value(parameter, scalar.text(), catalogues);
    } catch (IllegalArgumentException wrong) {
      return fault(node.place(), parameter.key() + ": " + wrong.getMessage());
    }
  }

  private Object record(String key, YamlNode node, Class<?> type) {
    List<Parameter> parameters = Parameter.of(type);
    if (Parameter.isItself(type)) {
      Object itself = value(parameters.get(0).under(key), node);
      return itself == null ? null : newRecord(type, node, new Object[] {itself});
    }
    if (!(node instanceof YamlNode.Mapping mapping)) {
      return wrongKind(key, node, "a map with some of the keys " + keys(type));
    }
    boolean isWhole = knowsEveryKey(mapping, type);
    Object[] values = new Object[parameters.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = component(parameters.get(i), mapping);
      isWhole &= values[i] != null;
    }
    return isWhole ? newRecord(type, mapping, values) : null;
  }

  private boolean knowsEveryKey(YamlNode.Mapping mapping, Class<?> type) {
    List<String> known = keys(type);
    List<YamlNode.Entry> unknown =
        mapping.entries().stream().filter(entry -> !known.contains(entry.key())).toList();
    for (YamlNode.Entry entry : unknown) {
      String hint =
          Nearest.to(entry.key(), known).map(near -> "'" + near + "'").orElse("one of these");
      fault(
          entry.place(),
          "unknown key '" + entry.key() + "' (" + String.join(", ", known) + "); write " + hint);
    }
    return unknown.isEmpty();
  }

  private Object component(Parameter parameter, YamlNode.Mapping mapping) {
    Optional<YamlNode> written = mapping.entry(parameter.key()).map(YamlNode.Entry::value);
    if (parameter.isOptional()) {
      return written.isEmpty() || standsForTheDefault(written.get(), parameter)
          ? absent(parameter)
          : present(parameter, value(parameter, written.get()));
    }
    if (written.isPresent()) {
      return value(parameter, written.get());
    }
    return parameter.defaultText()
        .map(text -> value(parameter, defaultNode(text)))
        .orElseGet(() -> fault(mapping.place(), "missing key '" + parameter.key() + "'; write '"
            + parameter.key() + ": …' (" + parameter.explanation() + ")"));
  }

  private YamlNode defaultNode(String text) {
    return defaults.computeIfAbsent(text, t -> YamlParser.parseOption("default", t, faults));
  }

  /** The word itself, or the words that say what the default is. */
  private static boolean standsForTheDefault(YamlNode node, Parameter parameter) {
    return node instanceof YamlNode.Scalar scalar
        && (scalar.text().equals("default")
            || parameter.defaultText().equals(Optional.of(scalar.text())));
  }

  private static Object present(Parameter parameter, Object value) {
    if (value == null) {
      return null;
    }
    if (parameter.type() == int.class) {
      return OptionalInt.of((int) value);
    }
    return parameter.type() == long.class ? OptionalLong.of((long) value) : Optional.of(value);
  }

  private static Object absent(Parameter parameter) {
    if (parameter.type() == int.class) {
      return OptionalInt.empty();
    }
    return parameter.type() == long.class ? OptionalLong.empty() : Optional.empty();
  }

  private Object collection(Parameter parameter, YamlNode node, ParameterizedType type) {
    Type[] arguments = type.getActualTypeArguments();
    Parameter item = parameter.ofItems(arguments[arguments.length - 1]);
    boolean isList = type.getRawType() == List.class;
    if (isList && node instanceof YamlNode.Sequence sequence) {
      return hasEnough(parameter, node, sequence.items().size()) ? list(item, sequence) : null;
    }
    if (!isList && node instanceof YamlNode.Mapping mapping) {
      return hasEnough(parameter, node, mapping.entries().size()) ? map(item, mapping) : null;
    }
    return wrongKind(parameter.key(), node, isList ? "a list" : "a map");
  }

  private boolean hasEnough(Parameter parameter, YamlNode node, int entries) {
    if (entries < parameter.least()) {
      fault(node.place(), parameter.key() + ": empty; write at least " + parameter.least());
      return false;
    }
    return true;
  }

  private Object list(Parameter item, YamlNode.Sequence sequence) {
    List<Object> values = new ArrayList<>();
    sequence.items().forEach(node -> values.add(value(item, node)));
    return values.contains(null) ? null : Collections.unmodifiableList(values);
  }

  private Object map(Parameter item, YamlNode.Mapping mapping) {
    Map<String, Object> values = new LinkedHashMap<>();
    mapping.entries().forEach(entry -> values.put(entry.key(), value(item, entry.value())));
    return values.containsValue(null) ? null : Collections.unmodifiableMap(values);
  }

  private Object oneOfKinds(String key, YamlNode node, Class<?> type) {
    List<Class<?>> kinds = Arrays.asList(type.getPermittedSubclasses());
    if (node instanceof YamlNode.Scalar scalar && !scalar.isNothing()) {
      Object word = ScalarText.constant(kinds, scalar.text());
      if (word != null) {
        return word;
      }
      Optional<Class<?>> any = kinds.stream().filter(Parameter::isAnyWord).findFirst();
      if (any.isPresent()) {
        return record(key, node, any.get());
      }
    }
    Optional<Class<?>> unnamed = kinds.stream().filter(Parameter::isUnnamed).findFirst();
    if (unnamed.isPresent() && node instanceof YamlNode.Mapping) {
      return record(key, node, unnamed.get());
    }
    List<String> names = names(kinds);
    if (unnamed.isEmpty() && node instanceof YamlNode.Mapping mapping
        && mapping.entries().size() == 1) {
      YamlNode.Entry kind = mapping.entries().get(0);
      Optional<Class<?>> named =
          kinds.stream().filter(k -> isNamed(k) && name(k).equals(kind.key())).findFirst();
      return named.isPresent()
          ? record(kind.key(), kind.value(), named.get())
          : fault(kind.place(), "unknown key '" + kind.key() + "' (" + String.join(", ", names)
              + "); write "
              + Nearest.to(kind.key(), names).map(n -> "'" + n + "'").orElse("one of these"));
    }
    String map = unnamed.isPresent() ? "a map" : "a map with one of the keys " + names;
    List<String> words = ScalarText.words(kinds);
    return wrongKind(key, node, words.isEmpty() ? map : "one of " + words + " or " + map);
  }

  /** The key under which a kind of a sealed interface is written. */
  static String name(Class<?> kind) {
    return Parameter.kebab(kind.getSimpleName());
  }

  private static List<String> names(List<Class<?>> kinds) {
    return kinds.stream().filter(RecordBinder::isNamed).map(RecordBinder::name).toList();
  }

  private static boolean isNamed(Class<?> kind) {
    return kind.isRecord() && !Parameter.isAnyWord(kind);
  }

  private static List<String> keys(Class<?> type) {
    Stream<String> own = Parameter.of(type).stream().map(Parameter::key);
    Stream<String> extra =
        Arrays.stream(type.getAnnotationsByType(ExtraKey.class)).map(ExtraKey::key);
    return Stream.concat(own, extra).toList();
  }

  private Object newRecord(Class<?> type, YamlNode node, Object[] values) {
    try {
      return constructor(type).newInstance(values);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof InvalidParameters invalid) {
        invalid.problems()
            .forEach(problem -> fault(
                problem.path().placeIn(node), problem.path().key() + ": " + problem.what()));
        return null;
      }
      if (thrown.getCause() instanceof IllegalArgumentException invalid) {
        return fault(node.place(), invalid.getMessage());
      }
      throw new IllegalStateException("cannot make a " + type.getSimpleName(), thrown.getCause());
    } catch (ReflectiveOperationException unmakable) {
      throw new IllegalStateException("cannot make a " + type.getSimpleName(), unmakable);
    }
  }

  private static Constructor<?> constructor(Class<?> type) throws NoSuchMethodException {
    return type.getDeclaredConstructor(
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new));
  }

  private Object wrongKind(String key, YamlNode node, String expected) {
    String found = switch (node) {
      case YamlNode.Scalar scalar when scalar.isNothing() -> "nothing";
      case YamlNode.Scalar scalar -> "'" + scalar.text() + "'";
      case YamlNode.Sequence sequence -> "a list";
      case YamlNode.Mapping mapping -> "a map";
    };
    String where = key.isEmpty() ? "" : key + ": ";
    return fault(node.place(), where + "found " + found + "; write " + expected);
  }

  private Object fault(Place place, String what) {
    faults.add(place, what);
    return null;
  }
}
