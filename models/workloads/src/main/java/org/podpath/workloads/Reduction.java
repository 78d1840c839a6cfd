package org.podpath.workloads;

/**
 * How fast a rank adds what it receives to what it has.
 *
 * @param psPerByte time for each received byte; 0 leaves adding out
 */
public record Reduction(long psPerByte) {
  /** Adding takes no time. */
  public static final Reduction FREE = new Reduction(0);

  public Reduction {
    if (psPerByte < 0) {
      throw new IllegalArgumentException("adding a byte cannot take " + psPerByte + " ps");
    }
  }
}
