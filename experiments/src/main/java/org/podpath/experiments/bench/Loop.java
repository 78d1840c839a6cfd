package org.podpath.experiments.bench;

/**
 * Says how fast the machine is at this hour, and nothing of the simulator: a fixed loop to divide
 * other figures by, so that those of different machines and hours can be compared.
 *
 * <p>One iteration is a multiplication, shifts and exclusive ors, and the read of a random entry of
 * a table of 1 MiB. Each needs the result of the one before, so that nothing overlaps: what is
 * timed is the latency of the arithmetic and of a cache of the second level, which is what an event
 * loop waits for too. It allocates nothing, touches no other memory and calls nothing of the
 * engine, so that a change of ours cannot move it. The start of the JVM and its compiler are part
 * of the time, as in every workload.
 */
final class Loop implements Model {
  /** assumption: a second or so is long beside the start of the JVM, and short enough to repeat. */
  private static final int BLOCKS = 1_000;
  /** So short that the compiled method is entered early on. */
  private static final int ITERATIONS_PER_BLOCK = 100_000;
  private static final int INDEX_BITS = 17;
  /**
   * 2^64 divided by the golden ratio, made odd: the increment of SplitMix64 (G. Steele, D. Lea, C.
   * Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
   */
  private static final long GOLDEN_STEP = 0x9E3779B97F4A7C15L;
  /** The first multiplier of SplitMix64, as in {@code java.util.SplittableRandom} of JDK 21. */
  private static final long MULTIPLIER = 0xBF58476D1CE4E5B9L;

  private final long[] table = new long[1 << INDEX_BITS];
  private final int blocks;

  Loop() {
    this(BLOCKS);
  }

  Loop(int blocks) {
    this.blocks = blocks;
    long step = 0;
    for (int i = 0; i < table.length; i++) {
      step += GOLDEN_STEP;
      table[i] = (step ^ step >>> 30) * MULTIPLIER;
    }
  }

  @Override
  public Work run() {
    long state = 0;
    for (int i = 0; i < blocks; i++) {
      state = block(state);
    }
    return Work.ofEvents((long) blocks * ITERATIONS_PER_BLOCK, state);
  }

  /** The entry is that of the highest bits: they depend on all bits that were multiplied. */
  private long block(long start) {
    long state = start;
    for (int i = 0; i < ITERATIONS_PER_BLOCK; i++) {
      long product = (state ^ state >>> 32) * MULTIPLIER + GOLDEN_STEP;
      state = product ^ table[(int) (product >>> Long.SIZE - INDEX_BITS)];
    }
    return state;
  }
}
