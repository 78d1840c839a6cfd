package org.podpath.experiments.fit;

/** A timing that was not fitted, and the time predicted for it. */
record Prediction(Timing timing, double us) {
  /** How far the prediction is off, as a share of the measured time; below 0: it is too short. */
  double errorRatio() {
    return us / timing.us() - 1;
  }
}
