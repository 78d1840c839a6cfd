package org.podpath.experiments.tables;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.podpath.experiments.Explain;

/**
 * A column of a table: a component of its row. {@code get} takes a {@link Record} and gives the
 * component: a primitive where the component is one, else an {@link Object}.
 */
record Column(
    String name, ColumnType type, boolean primitive, boolean nullable, String meaning,
    MethodHandle get) {

  /**
   * The columns of a row in the order of its components.
   *
   * @throws IllegalArgumentException if a component has no meaning or a type no column can hold
   */
  static List<Column> of(Class<? extends Record> row) {
    return Arrays.stream(row.getRecordComponents()).map(component -> of(row, component)).toList();
  }

  private static Column of(Class<? extends Record> row, RecordComponent component) {
    Explain meaning = component.getAnnotation(Explain.class);
    if (meaning == null) {
      throw new IllegalArgumentException(
          row.getSimpleName() + "." + component.getName() + " has no @Explain");
    }
    ColumnType type = ColumnType.of(component.getType());
    boolean primitive = component.getType().isPrimitive();
    boolean marked = component.isAnnotationPresent(Nullable.class);
    boolean nullable = switch (type) {
      case STRING, BINARY, MAP -> marked;
      case INT64, INT32 -> marked || !primitive;
      case DOUBLE, BOOLEAN -> !primitive;
    };
    if (marked && !nullable) {
      throw new IllegalArgumentException(
          row.getSimpleName() + "." + component.getName()
              + " is @Nullable, but no value of it stands for none");
    }
    return new Column(
        snakeCase(component.getName()), type, primitive, nullable, meaning.value(),
        accessor(component));
  }

  /** {@code p999Ns} is {@code p999_ns}: an underscore before each capital letter. */
  private static String snakeCase(String camelCase) {
    return camelCase.replaceAll("(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  private static MethodHandle accessor(RecordComponent component) {
    Class<?> result = component.getType().isPrimitive() ? component.getType() : Object.class;
    try {
      return MethodHandles.lookup()
          .unreflect(component.getAccessor())
          .asType(MethodType.methodType(result, Record.class));
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException(component + " cannot be read", e);
    }
  }

  /**
   * The unit that the end of the name tells, or what stands before {@code _max} there; empty for a
   * name, a number of things or a code.
   */
  String unit() {
    String measured = name.endsWith("_max") ? name.substring(0, name.length() - 4) : name;
    String end = measured.substring(measured.lastIndexOf('_') + 1);
    return switch (end) {
      case "ns" -> "ns";
      case "bytes" -> "bytes";
      case "bps" -> "bit/s";
      case "ratio" -> "ratio";
      case "usd" -> "USD";
      default -> "";
    };
  }
}
