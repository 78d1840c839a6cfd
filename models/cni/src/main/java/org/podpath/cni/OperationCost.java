package org.podpath.cni;

import org.podpath.engine.datapath.Cost;

/**
 * What an operation costs on the reference core: a row of {@code kernel-costs.csv}.
 *
 * @param unit what it is charged for, such as {@code super-packet}; {@code byte} if it costs by byte
 * @param low what it may cost at least: picoseconds for each byte, or nanoseconds for each of
 *     anything else
 * @param high what it may cost at most
 * @param source where the numbers come from
 */
public record OperationCost(
    String operation, String unit, Cost cost, double low, double high, String source) {
  private static final String BYTE = "byte";

  /** Whether it costs by byte: picoseconds, where others cost nanoseconds. */
  public boolean byByte() {
    return unit.equals(BYTE);
  }

  /** The same operation where it takes so many times as long. */
  OperationCost times(double ratio) {
    Cost longer =
        new Cost(
            Math.round(cost.fixedPs() * ratio), Math.round(cost.psPerByte() * ratio));
    return new OperationCost(operation, unit, longer, low * ratio, high * ratio, source);
  }

  /** What it costs in the unit of {@link #low}. */
  public double value() {
    return byByte() ? cost.psPerByte() : cost.fixedPs() / 1e3;
  }

  /** The same operation at {@code value}, in the unit of {@link #low}. */
  public OperationCost at(double value) {
    Cost changed =
        byByte() ? new Cost(0, Math.round(value)) : new Cost(Math.round(value * 1e3), 0);
    return new OperationCost(operation, unit, changed, low, high, source);
  }
}
