package org.podpath.experiments.fit;

/** Sizes of buffers that are summed up together; each ends where the next begins. */
enum SizeClass {
  TO_4_KIB("to 4 KiB", 1L << 12),
  TO_64_KIB("to 64 KiB", 1L << 16),
  TO_1_MIB("to 1 MiB", 1L << 20),
  TO_16_MIB("to 16 MiB", 1L << 24),
  TO_256_MIB("to 256 MiB", 1L << 28),
  LARGER("larger", Long.MAX_VALUE);

  private final String words;
  private final long mostBytes;

  SizeClass(String words, long mostBytes) {
    this.words = words;
    this.mostBytes = mostBytes;
  }

  /** As in the report. */
  String words() {
    return words;
  }

  /** The class of a buffer of {@code bytes}. */
  static SizeClass of(long bytes) {
    SizeClass smallest = TO_4_KIB;
    while (bytes > smallest.mostBytes) {
      smallest = values()[smallest.ordinal() + 1];
    }
    return smallest;
  }
}
