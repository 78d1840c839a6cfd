package org.podpath.engine.kernel;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.apache.commons.math3.random.AbstractRandomGenerator;

/**
 * Random numbers for one purpose: the JDK's xoshiro256++ behind the interface of commons-math3, so
 * that its distributions draw from it.
 *
 * <p>Source of the generator: D. Blackman, S. Vigna, "Scrambled linear pseudorandom number
 * generators", ACM TOMS 47(4), 2021.
 */
public final class RandomStream extends AbstractRandomGenerator {
  private final RandomGenerator bits;
  private final ExponentialDistribution exponential;

  RandomStream(long seed) {
    bits = RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(seed);
    exponential = new ExponentialDistribution(this, 1);
  }

  /** A number from the exponential distribution with this mean. */
  public double exponential(double mean) {
    return mean * exponential.sample();
  }

  /** Not supported: a stream follows from the seed of its run and its name. */
  @Override
  public void setSeed(long seed) {
    throw new IllegalStateException("a stream cannot be seeded again");
  }

  @Override
  public double nextDouble() {
    return bits.nextDouble();
  }

  @Override
  public long nextLong() {
    return bits.nextLong();
  }

  @Override
  public int nextInt() {
    return bits.nextInt();
  }
}
