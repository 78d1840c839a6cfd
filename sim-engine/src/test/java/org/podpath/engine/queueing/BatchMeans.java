package org.podpath.engine.queueing;

import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * Confidence in a figure of one long run, from its values in equal batches of customers; the first
 * batch is thrown away, because the run starts empty.
 *
 * <p>Source: A. M. Law, "Simulation Modeling and Analysis", chapter on steady-state output
 * analysis, non-overlapping batch means.
 */
public final class BatchMeans implements FifoServer.Departures {
  private final SummaryStatistics batches = new SummaryStatistics();
  private final ToDoubleFunction<long[]> figure;
  private final Runnable whenComplete;
  private final long[] batchPs;
  private int batchesLeft;
  private int filled;
  private boolean first = true;

  /** Stops after so many batches. */
  public BatchMeans(
      int batchCustomers, int batches, ToDoubleFunction<long[]> figure, Runnable whenComplete) {
    this.batchPs = new long[batchCustomers];
    this.batchesLeft = batches;
    this.figure = figure;
    this.whenComplete = whenComplete;
  }

  @Override
  public void departed(long sojournPs) {
    batchPs[filled++] = sojournPs;
    if (filled < batchPs.length) {
      return;
    }
    filled = 0;
    if (first) {
      first = false;
      return;
    }
    batches.addValue(figure.applyAsDouble(batchPs));
    if (--batchesLeft == 0) {
      whenComplete.run();
    }
  }

  /** The mean of the batches. */
  public double mean() {
    return batches.getMean();
  }

  /** Half the width of the 99 % confidence interval. */
  public double halfWidth() {
    long count = batches.getN();
    double t = new TDistribution(count - 1).inverseCumulativeProbability(0.995);
    return t * batches.getStandardDeviation() / Math.sqrt(count);
  }
}
