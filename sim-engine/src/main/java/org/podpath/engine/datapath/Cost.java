package org.podpath.engine.datapath;

/**
 * What an operation costs on the reference core, warm.
 *
 * @param fixedPs each time
 * @param psPerByte for each byte of payload it touches
 */
public record Cost(long fixedPs, long psPerByte) {
  /** Nothing. */
  public static final Cost NONE = new Cost(0, 0);

  public Cost {
    if (fixedPs < 0 || psPerByte < 0) {
      throw new IllegalArgumentException(
          "a cost is not negative: " + fixedPs + " ps, " + psPerByte + " ps/B");
    }
  }
}
