package org.podpath.experiments.tables;

import java.util.Map;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** How the values of a column are kept: the Java types a row may have, and their Parquet type. */
enum ColumnType {
  INT64(long.class, Long.class),
  INT32(int.class, Integer.class),
  DOUBLE(double.class, Double.class),
  BOOLEAN(boolean.class, Boolean.class),
  STRING(String.class, String.class),
  BINARY(byte[].class, byte[].class),
  MAP(Map.class, Map.class);

  /** The one field of a map's group, and its two fields. */
  static final String ENTRY = "key_value";

  static final String KEY = "key";
  static final String VALUE = "value";

  private final Class<?> plain;
  private final Class<?> boxed;

  ColumnType(Class<?> plain, Class<?> boxed) {
    this.plain = plain;
    this.boxed = boxed;
  }

  /**
   * The type for a component of a row.
   *
   * @throws IllegalArgumentException if no column can hold it
   */
  static ColumnType of(Class<?> component) {
    for (ColumnType type : values()) {
      if (component == type.plain || component == type.boxed) {
        return type;
      }
    }
    throw new IllegalArgumentException("no column can hold a " + component.getTypeName());
  }

  /** The type as the reference shows it, such as {@code MAP<STRING, STRING>}. */
  String text() {
    return this == MAP ? "MAP<STRING, STRING>" : name();
  }

  /** The column's part of a Parquet schema. */
  Type parquet(String column, boolean nullable) {
    Repetition repetition = nullable ? Repetition.OPTIONAL : Repetition.REQUIRED;
    return switch (this) {
      case INT64 -> Types.primitive(PrimitiveTypeName.INT64, repetition).named(column);
      case INT32 -> Types.primitive(PrimitiveTypeName.INT32, repetition).named(column);
      case DOUBLE -> Types.primitive(PrimitiveTypeName.DOUBLE, repetition).named(column);
      case BOOLEAN -> Types.primitive(PrimitiveTypeName.BOOLEAN, repetition).named(column);
      case BINARY -> Types.primitive(PrimitiveTypeName.BINARY, repetition).named(column);
      case STRING -> string(repetition, column);
      case MAP -> Types.map(repetition)
          .key(string(Repetition.REQUIRED, KEY))
          .value(string(Repetition.REQUIRED, VALUE))
          .named(column);
    };
  }

  private static Type string(Repetition repetition, String name) {
    return Types.primitive(PrimitiveTypeName.BINARY, repetition)
        .as(LogicalTypeAnnotation.stringType())
        .named(name);
  }
}
