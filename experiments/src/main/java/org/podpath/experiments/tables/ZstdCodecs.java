package org.podpath.experiments.tables;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Zstandard for Parquet pages without Hadoop's codecs, which Parquet would load otherwise. It only
 * compresses: nothing in here reads Parquet.
 */
final class ZstdCodecs implements CompressionCodecFactory {
  /** The level that the zstd command has by default: 3. */
  private static final int LEVEL = Zstd.defaultCompressionLevel();

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    if (codec != CompressionCodecName.ZSTD) {
      throw new IllegalArgumentException("only ZSTD is written, not " + codec);
    }
    return new Compressor();
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    throw new UnsupportedOperationException("Parquet is read by DuckDB");
  }

  @Override
  public void release() {
    // holds nothing
  }

  private static final class Compressor implements BytesInputCompressor {
    @Override
    public BytesInput compress(BytesInput page) throws IOException {
      ByteArrayOutputStream plain = new ByteArrayOutputStream(Math.toIntExact(page.size()));
      page.writeAllTo(plain);
      byte[] packed = new byte[Math.toIntExact(Zstd.compressBound(plain.size()))];
      long packedBytes = Zstd.compress(packed, plain.toByteArray(), LEVEL);
      if (Zstd.isError(packedBytes)) {
        throw new IOException("zstd: " + Zstd.getErrorName(packedBytes));
      }
      return BytesInput.from(packed, 0, Math.toIntExact(packedBytes));
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.ZSTD;
    }

    @Override
    public void release() {
      // holds nothing
    }
  }
}
