package org.podpath.experiments.fit;

/**
 * α and β of a link type.
 *
 * @param stepUs α: time of a message step beside its bytes
 * @param usPerByte 1/β: time of a byte that a rank sends
 */
record LinkParameters(double stepUs, double usPerByte) {
  /** β, in bytes per second and rank. */
  double bytesPerSecond() {
    return 1e6 / usPerByte;
  }
}
