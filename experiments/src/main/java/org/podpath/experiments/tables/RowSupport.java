package org.podpath.experiments.tables;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Hands the rows of one table to Parquet, component by component. */
final class RowSupport extends WriteSupport<Record> {
  private final String table;
  private final Column[] columns;
  private final Map<String, String> metadata;

  /** The last text of each column and its bytes: neighbouring rows often repeat it. */
  private final Object[] lastText;

  private final Binary[] lastBinary;
  private RecordConsumer out;

  RowSupport(String table, List<Column> columns, Map<String, String> metadata) {
    this.table = table;
    this.columns = columns.toArray(Column[]::new);
    this.metadata = new TreeMap<>(metadata); // the order of Map.of differs from JVM to JVM
    this.lastText = new Object[this.columns.length];
    this.lastBinary = new Binary[this.columns.length];
    for (Column column : columns) {
      this.metadata.put("column." + column.name(), column.meaning());
    }
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    Type[] fields = new Type[columns.length];
    for (int c = 0; c < columns.length; c++) {
      fields[c] = columns[c].type().parquet(columns[c].name(), columns[c].nullable());
    }
    return new WriteContext(new MessageType(table, fields), metadata);
  }

  /** Never called: the files are written without Hadoop, whose type Parquet's signature needs. */
  @Override
  @SuppressWarnings("deprecation")
  public WriteContext init(Configuration configuration) {
    throw new IllegalStateException("result tables are written without Hadoop");
  }

  @Override
  public void prepareForWrite(RecordConsumer recordConsumer) {
    out = recordConsumer;
  }

  @Override
  public void write(Record row) {
    try {
      out.startMessage();
      for (int c = 0; c < columns.length; c++) {
        if (columns[c].primitive()) {
          writePrimitive(c, row);
        } else {
          writeObject(c, row);
        }
      }
      out.endMessage();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(row + " cannot be read", e);
    }
  }

  private void writePrimitive(int c, Record row) throws Throwable {
    Column column = columns[c];
    switch (column.type()) {
      case INT64 -> {
        long value = (long) column.get().invokeExact(row);
        if (value >= 0 || !column.nullable()) {
          out.startField(column.name(), c);
          out.addLong(value);
          out.endField(column.name(), c);
        }
      }
      case INT32 -> {
        int value = (int) column.get().invokeExact(row);
        if (value >= 0 || !column.nullable()) {
          out.startField(column.name(), c);
          out.addInteger(value);
          out.endField(column.name(), c);
        }
      }
      case DOUBLE -> {
        out.startField(column.name(), c);
        out.addDouble(finite(column, (double) column.get().invokeExact(row), row));
        out.endField(column.name(), c);
      }
      case BOOLEAN -> {
        out.startField(column.name(), c);
        out.addBoolean((boolean) column.get().invokeExact(row));
        out.endField(column.name(), c);
      }
      case STRING, BINARY, MAP -> throw new IllegalStateException(column + " is no primitive");
    }
  }

  private void writeObject(int c, Record row) throws Throwable {
    Column column = columns[c];
    Object value = (Object) column.get().invokeExact(row);
    if (value == null) {
      if (!column.nullable()) {
        throw new IllegalArgumentException(
            table + "." + column.name() + " needs a value, and has none in " + row);
      }
      return;
    }
    out.startField(column.name(), c);
    switch (column.type()) {
      case INT64 -> out.addLong((Long) value);
      case INT32 -> out.addInteger((Integer) value);
      case DOUBLE -> out.addDouble(finite(column, (Double) value, row));
      case BOOLEAN -> out.addBoolean((Boolean) value);
      case STRING -> out.addBinary(text(c, (String) value));
      case BINARY -> out.addBinary(Binary.fromConstantByteArray((byte[]) value));
      case MAP -> writeMap((Map<?, ?>) value);
    }
    out.endField(column.name(), c);
  }

  /** What divides by nothing is no result; it is refused here, where every row passes. */
  private double finite(Column column, double value, Record row) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          table + "." + column.name() + " is " + value + ", no number, in " + row);
    }
    return value;
  }

  private Binary text(int c, String value) {
    if (!value.equals(lastText[c])) {
      lastText[c] = value;
      lastBinary[c] = Binary.fromString(value);
    }
    return lastBinary[c];
  }

  private void writeMap(Map<?, ?> map) {
    out.startGroup();
    if (!map.isEmpty()) {
      out.startField(ColumnType.ENTRY, 0);
      map.forEach((key, value) -> {
        out.startGroup();
        writeEntryField(ColumnType.KEY, 0, key);
        writeEntryField(ColumnType.VALUE, 1, value);
        out.endGroup();
      });
      out.endField(ColumnType.ENTRY, 0);
    }
    out.endGroup();
  }

  private void writeEntryField(String name, int index, Object text) {
    out.startField(name, index);
    out.addBinary(Binary.fromString((String) text));
    out.endField(name, index);
  }
}
