package org.podpath.experiments.calibrate;

/**
 * A row of a file of measurements.
 *
 * @param line where it stands
 * @param block what was measured in one sitting
 * @param scenario group of rows
 * @param dataplane what packets passed
 * @param entries how much of it there was: rules, entries, hops
 * @param offload whether packets were cut and joined (GSO, TSO, GRO)
 * @param bytes payload of a datagram or message; 0 for a stream
 * @param ns the value: for each byte if {@code observable} is a stream
 */
record Measured(
    int line,
    String block,
    String scenario,
    String dataplane,
    int entries,
    int mtuBytes,
    boolean offload,
    int bytes,
    Observable observable,
    double ns) {

  /** What was measured, on one line. */
  String inWords() {
    return scenario + " " + dataplane + " " + entries + (offload ? "" : " offload off") + " "
        + observable.metric();
  }
}
