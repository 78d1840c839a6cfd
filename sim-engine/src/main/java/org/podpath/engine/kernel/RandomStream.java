package org.podpath.engine.kernel;

import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.apache.commons.math3.random.AbstractRandomGenerator;

/**
 * Random numbers for one purpose: xoshiro256++, the same numbers as the JDK's generator of this name.
 * It stands here because finding that one takes longer than many runs have to draw.
 *
 * <p>Source of the generator: D. Blackman, S. Vigna, "Scrambled linear pseudorandom number
 * generators", ACM TOMS 47(4), 2021.
 */
public final class RandomStream {
  /** As the JDK seeds it: the fractions of the golden and the silver ratio, 64 bits. */
  private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;

  private static final long SILVER_RATIO = 0x6a09e667f3bcc909L;

  private long x0;
  private long x1;
  private long x2;
  private long x3;
  /** Null before it is needed: its classes take long to load. */
  private ForDistributions forDistributions;

  RandomStream(long seed) {
    long regular = seed ^ SILVER_RATIO;
    x0 = RandomStreams.scatter(regular);
    x1 = RandomStreams.scatter(regular + GOLDEN_RATIO);
    x2 = RandomStreams.scatter(regular + 2 * GOLDEN_RATIO);
    x3 = RandomStreams.scatter(regular + 3 * GOLDEN_RATIO);
  }

  /** Any of the 2⁶⁴ numbers. */
  public long nextLong() {
    long drawn = Long.rotateLeft(x0 + x3, 23) + x0;
    long shifted = x1 << 17;
    x2 ^= x0;
    x3 ^= x1;
    x1 ^= x2;
    x0 ^= x3;
    x2 ^= shifted;
    x3 = Long.rotateLeft(x3, 45);
    return drawn;
  }

  /** Any of the 2³² numbers. */
  public int nextInt() {
    return (int) (nextLong() >>> 32);
  }

  /** A multiple of 2⁻⁵³ from 0 to before 1. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  /** A number from 0 to before {@code bound}, which is above 0. */
  public int nextInt(int bound) {
    return (int) (nextDouble() * bound);
  }

  /** A number from the exponential distribution with this mean. */
  public double exponential(double mean) {
    return mean * forDistributions().exponential.sample();
  }

  /** The same stream for the distributions of commons-math3. */
  public ForDistributions forDistributions() {
    if (forDistributions == null) {
      forDistributions = new ForDistributions(this);
    }
    return forDistributions;
  }

  /** A stream as the distributions of commons-math3 draw from it. */
  public static final class ForDistributions extends AbstractRandomGenerator {
    private final RandomStream stream;
    private final ExponentialDistribution exponential = new ExponentialDistribution(this, 1);

    private ForDistributions(RandomStream stream) {
      this.stream = stream;
    }

    /** Not supported: a stream follows from the seed of its run and its name. */
    @Override
    public void setSeed(long seed) {
      throw new IllegalStateException("a stream cannot be seeded again");
    }

    @Override
    public double nextDouble() {
      return stream.nextDouble();
    }

    @Override
    public long nextLong() {
      return stream.nextLong();
    }

    @Override
    public int nextInt() {
      return stream.nextInt();
    }
  }
}
