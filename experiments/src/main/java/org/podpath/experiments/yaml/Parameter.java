package org.podpath.experiments.yaml;

import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.podpath.engine.units.Quantity;
import org.podpath.experiments.Explain;

/**
 * One parameter, as its record component and the annotations on it describe it.
 *
 * @param key what the user writes: the component's name in kebab-case, without the unit
 * @param type of the value when it is there: never an {@code Optional}
 * @param isOptional true if the component is an {@code Optional} of the type
 * @param quantity what is measured, where the value carries a unit
 * @param defaultText see {@link Default}
 * @param least the smallest number allowed
 * @param most the largest number allowed
 * @param catalogue see {@link NameOf}
 * @param isItself see {@link Itself}
 * @param explanation see {@link Explain}
 */
public record Parameter(
    String key,
    Type type,
    boolean isOptional,
    Optional<Quantity> quantity,
    Optional<String> defaultText,
    long least,
    long most,
    Optional<String> catalogue,
    boolean isItself,
    String explanation) {

  private static final ClassValue<List<Parameter>> OF_RECORDS =
      new ClassValue<>() {
        @Override
        protected List<Parameter> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents()).map(Parameter::of).toList();
        }
      };

  /** The parameters of a record, in the order of its components. */
  public static List<Parameter> of(Class<?> record) {
    return OF_RECORDS.get(record);
  }

  /**
   * A name of the program as the user writes it: {@code SAME_CORE} and {@code SameCore} same-core.
   */
  public static String kebab(String name) {
    String words = name.contains("_") || name.equals(name.toUpperCase(Locale.ROOT))
        ? name.replace('_', '-')
        : name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-");
    return words.toLowerCase(Locale.ROOT);
  }

  /**
   * Whether a kind of a sealed interface is written without its name: a record that is a map of the
   * user's own keys.
   */
  public static boolean isUnnamed(Class<?> kind) {
    return kind.isRecord()
        && isItself(kind)
        && of(kind).get(0).type() instanceof ParameterizedType type
        && type.getRawType() == Map.class;
  }

  /** Whether a kind of a sealed interface is any word: see {@link Itself#anyWord()}. */
  public static boolean isAnyWord(Class<?> kind) {
    return kind.isRecord()
        && isItself(kind)
        && kind.getRecordComponents()[0].getAnnotation(Itself.class).anyWord();
  }

  /** Whether the value of a record's only component stands for the record. */
  public static boolean isItself(Class<?> record) {
    List<Parameter> parameters = of(record);
    return parameters.size() == 1 && parameters.get(0).isItself();
  }

  /** The same parameter for the values within its list or map. */
  Parameter ofItems(Type itemType) {
    return new Parameter(
        key, itemType, false, quantity, Optional.empty(), 0, Long.MAX_VALUE, catalogue, false,
        explanation);
  }

  /** The same parameter under the key of the record that it stands for. */
  Parameter under(String otherKey) {
    return new Parameter(
        otherKey, type, isOptional, quantity, defaultText, least, most, catalogue, isItself,
        explanation);
  }

  private static Parameter of(RecordComponent component) {
    Optional<Unit> unit = Unit.of(component.getName());
    Optional<Range> range = annotation(component, Range.class);
    long least = range.map(Range::least).orElse(0L);
    return new Parameter(
        kebab(unit.map(u -> u.without(component.getName())).orElse(component.getName())),
        valueType(component),
        isOptional(component.getType()),
        component.isAnnotationPresent(PlainNumber.class)
            ? Optional.empty()
            : unit.flatMap(Unit::quantity),
        annotation(component, Default.class).map(Default::value),
        least,
        range.map(Range::most).orElse(Long.MAX_VALUE),
        annotation(component, NameOf.class).map(NameOf::value),
        component.isAnnotationPresent(Itself.class),
        annotation(component, Explain.class).map(Explain::value).orElse(""));
  }

  private static boolean isOptional(Class<?> type) {
    return type == Optional.class || type == OptionalInt.class || type == OptionalLong.class;
  }

  private static Type valueType(RecordComponent component) {
    Class<?> type = component.getType();
    if (type == OptionalInt.class) {
      return int.class;
    }
    if (type == OptionalLong.class) {
      return long.class;
    }
    return type == Optional.class
        ? ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]
        : component.getGenericType();
  }

  private static <A extends Annotation> Optional<A> annotation(
      RecordComponent component, Class<A> type) {
    return Optional.ofNullable(component.getAnnotation(type));
  }

  /**
   * The unit at the end of a component's name; ratios, segments and cores are written as numbers alone.
   */
  private enum Unit {
    TIME("Ps", Optional.of(Quantity.TIME)),
    SIZE("Bytes", Optional.of(Quantity.SIZE)),
    RATE("BitsPerSecond", Optional.of(Quantity.RATE)),
    FREQUENCY("PerHour", Optional.of(Quantity.FREQUENCY)),
    LENGTH("Millimetres", Optional.of(Quantity.LENGTH)),
    RATIO("Ratio", Optional.empty()),
    SEGMENTS("Segments", Optional.empty()),
    CORES("Cores", Optional.empty());

    private final String suffix;
    private final Optional<Quantity> quantity;

    Unit(String suffix, Optional<Quantity> quantity) {
      this.suffix = suffix;
      this.quantity = quantity;
    }

    static Optional<Unit> of(String name) {
      return Arrays.stream(values())
          .filter(unit -> name.endsWith(unit.suffix) || name.equalsIgnoreCase(unit.suffix))
          .findFirst();
    }

    Optional<Quantity> quantity() {
      return quantity;
    }

    /** A name that is nothing but the unit stays: {@code bytes} is the key of {@code bytes}. */
    String without(String name) {
      return name.length() == suffix.length()
          ? name
          : name.substring(0, name.length() - suffix.length());
    }
  }
}
