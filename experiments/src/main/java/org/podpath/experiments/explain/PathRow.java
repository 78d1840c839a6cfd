package org.podpath.experiments.explain;

/**
 * One line of a path's table.
 *
 * @param detour whether it belongs to the detour of the branch above it
 * @param hook where in the kernel's path
 * @param core whose core it runs on; empty where it takes no CPU
 * @param per what it is charged for; empty where it takes no CPU
 * @param fixedPs time for each, look-up included, on the warm reference core
 * @param psPerByte time for each byte of payload, on the reference core
 * @param hostPath whether the cold factor applies
 * @param note its look-up, its headers or its wait, in words
 */
record PathRow(
    boolean detour,
    String hook,
    String stage,
    String core,
    String per,
    long fixedPs,
    long psPerByte,
    boolean hostPath,
    String note) {

  /** Whether it burns CPU time. */
  boolean costs() {
    return !per.isEmpty();
  }
}
