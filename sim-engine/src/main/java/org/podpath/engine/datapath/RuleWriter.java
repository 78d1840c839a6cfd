package org.podpath.engine.datapath;

/**
 * Who writes what packets of a host are checked against when pods come and go, and what that takes. Times
 * are those of the reference core, warm, in picoseconds.
 *
 * @param name of the agent, and what it writes
 * @param writePs for each write, however much has changed
 * @param changePs for each change, on top
 * @param gapPs from the beginning of a write to that of the next, at least
 * @param ofAllHosts whether pods of other hosts are changes, too
 * @param locks whether one writer of a host at a time may write (Linux, iptables: the xtables lock)
 * @param together whether changes that have come when a write begins are written by it; else each has a
 *     write of its own
 */
public record RuleWriter(
    String name,
    double writePs,
    double changePs,
    long gapPs,
    boolean ofAllHosts,
    boolean locks,
    boolean together) {
  public RuleWriter {
    if (!(writePs >= 0) || !(changePs >= 0) || gapPs < 0) {
      throw new IllegalArgumentException(
          name + " writes in " + writePs + " ps and " + changePs + " ps for each change, " + gapPs
              + " ps apart");
    }
  }

  /** What a write takes that so many changes go into. */
  public double ps(int changes) {
    return writePs + changes * changePs;
  }
}
