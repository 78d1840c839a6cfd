package org.podpath.experiments.bench;

/**
 * Random numbers that programs in other languages draw as well.
 *
 * <p>Source: G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators",
 * OOPSLA 2014, with the constants of S. Vigna, https://prng.di.unimi.it/splitmix64.c.
 */
final class SplitMix64 {
  private long state;

  SplitMix64(long seed) {
    state = seed;
  }

  /** From 0 to below {@code bound}. */
  int below(int bound) {
    state += 0x9e3779b97f4a7c15L;
    return (int) ((mix(state) >>> 33) % bound);
  }

  static long mix(long number) {
    long z = (number ^ number >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
