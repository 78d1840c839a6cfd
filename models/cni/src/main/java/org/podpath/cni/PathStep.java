package org.podpath.cni;

import org.podpath.engine.datapath.Match;

/** A step of a path that a user spells out of named operations. */
public sealed interface PathStep {

  /**
   * An operation of the cost file that is charged for a packet, or for the first of a connection.
   *
   * @param name as in the cost file
   */
  record Operation(String name) implements PathStep {}

  /**
   * Bridges or routers one behind the other, each left through a veth.
   *
   * @param count at least 1
   */
  record Chain(Hop hop, int count) implements PathStep {
    public Chain {
      requireSome(count, "hops");
    }
  }

  /** What a packet can be passed on by. */
  enum Hop {
    BRIDGE("cross bridge"),
    ROUTER("route");

    private final String operation;

    Hop(String operation) {
      this.operation = operation;
    }

    String operation() {
      return operation;
    }
  }

  /**
   * Rules that are all walked, a table of their own.
   *
   * @param count at least 1
   * @param newOnly whether only the first packet of a connection walks them
   */
  record Rules(Dataplane dataplane, Match match, int count, boolean newOnly)
      implements PathStep {
    public Rules {
      requireSome(count, "rules");
    }
  }

  /**
   * A search in a set, by a rule of its own.
   *
   * @param entries at least 1
   * @param prefixLengths different ones that are tried, at least 1; only an ipset of networks tries
   *     one after the other
   */
  record Search(SetKind kind, int entries, int prefixLengths) implements PathStep {
    public Search {
      requireSome(entries, "entries");
      requireSome(prefixLengths, "prefix lengths");
    }
  }

  private static void requireSome(int count, String what) {
    if (count < 1) {
      throw new IllegalArgumentException(count + " " + what + "; write at least 1");
    }
  }
}
