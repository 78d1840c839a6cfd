package org.podpath.engine.datapath;

import java.util.Locale;

/**
 * How far the evaluation of an iptables rule gets before it knows that the packet does not match.
 */
public enum Match {
  ADDRESS_MISMATCH,
  ADDRESS_HIT_PORT_MISS,
  INTERFACE_MISMATCH,
  COMMENT,
  SET,
  CONNTRACK_STATE;

  /** As in the cost file: {@code address mismatch}. */
  public String inWords() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
