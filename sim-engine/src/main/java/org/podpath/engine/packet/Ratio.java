package org.podpath.engine.packet;

/** Hands out whole things at a mean ratio: 55 acknowledgements for 100 packets, evenly. */
final class Ratio {
  private final double each;
  private double credit;

  Ratio(double each) {
    this.each = each;
  }

  /** How many are due after {@code count} more. */
  int due(int count) {
    credit += each * count;
    int whole = (int) credit;
    credit -= whole;
    return whole;
  }
}
