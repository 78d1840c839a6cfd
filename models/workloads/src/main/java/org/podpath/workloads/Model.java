package org.podpath.workloads;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A neural network to train: what a rank shares and how long it computes in each step.
 *
 * @param gradientBytes gradients of one step, in the precision in which they are shared
 * @param parameters numbers that the training changes
 * @param computePs forward and backward pass of one step on one GPU; empty if no source says it
 * @param batch samples of one step on one GPU; empty with {@code computePs}
 * @param gpu that was measured; empty text with {@code computePs}
 * @param source of the numbers
 */
public record Model(
    String name,
    long gradientBytes,
    long parameters,
    OptionalLong computePs,
    OptionalInt batch,
    String gpu,
    String source) {
  private static final double TENTHS_PER_MB = 1e5;
  private static final double TENTHS_PER_MS = 1e8;

  public Model {
    if (gradientBytes <= 0 || parameters <= 0 || computePs.orElse(1) <= 0) {
      throw new IllegalArgumentException(
          "model '" + name + "' of " + parameters + " parameters has " + gradientBytes
              + " bytes of gradients and computes for " + computePs + " ps");
    }
    if (computePs.isPresent() != batch.isPresent() || computePs.isEmpty() != gpu.isEmpty()) {
      throw new IllegalArgumentException(
          "model '" + name + "' needs compute time, batch and GPU, or none of them");
    }
  }

  /** One line for a list: what a step shares and computes, and who says so. */
  public String summary() {
    String compute =
        computePs.isPresent()
            ? tenths(computePs.getAsLong() / TENTHS_PER_MS) + " ms per step of " + batch.getAsInt()
                + " on " + gpu
            : "no compute time";
    return tenths(gradientBytes / TENTHS_PER_MB) + " MB of gradients, " + compute + ". " + source;
  }

  private static String tenths(double count) {
    return Double.toString(StrictMath.round(count) / 10.0);
  }
}
