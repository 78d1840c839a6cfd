package org.podpath.experiments.tables;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;

/**
 * A Parquet file of rows of one kind. The same rows and metadata give the same bytes: nothing in
 * the file tells when, where or by which thread it was written.
 */
final class TableFile implements AutoCloseable {
  /**
   * Bytes of rows that are kept in memory until they are written as a group. assumption: groups of
   * this size are read in parallel well enough, and one per table does not strain the memory.
   */
  private static final long ROW_GROUP_BYTES = 32L << 20;

  private final ParquetWriter<Record> writer;

  /**
   * Opens a new file.
   *
   * @param file must not exist; its folder must
   * @param metadata goes into the file's key-value metadata, beside the meaning of each column
   */
  TableFile(Path file, String table, List<Column> columns, Map<String, String> metadata)
      throws IOException {
    Builder builder = new Builder(file, new RowSupport(table, columns, metadata))
        .withConf(new PlainParquetConfiguration())
        .withCodecFactory(new ZstdCodecs())
        .withCompressionCodec(CompressionCodecName.ZSTD)
        .withWriterVersion(WriterVersion.PARQUET_2_0)
        .withRowGroupSize(ROW_GROUP_BYTES);
    for (Column column : columns) {
      if (column.type() == ColumnType.BINARY) { // hardly ever two the same, and in no order
        builder.withDictionaryEncoding(column.name(), false);
        builder.withStatisticsEnabled(column.name(), false);
      }
    }
    writer = builder.build();
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if a column that needs a value has none, or a number is not finite
   */
  void write(Record row) throws IOException {
    writer.write(row);
  }

  /** Writes what is still in memory, and the footer. */
  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static final class Builder extends ParquetWriter.Builder<Record, Builder> {
    private final RowSupport rows;

    Builder(Path file, RowSupport rows) {
      super(new LocalOutputFile(file));
      this.rows = rows;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<Record> getWriteSupport(ParquetConfiguration configuration) {
      return rows;
    }

    /** Never called, as in {@link RowSupport}. */
    @Override
    @SuppressWarnings("deprecation")
    protected WriteSupport<Record> getWriteSupport(Configuration configuration) {
      return rows;
    }
  }
}
