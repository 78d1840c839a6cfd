package org.podpath.engine.datapath;

import java.util.Optional;

/** One step of a packet through a host. */
public sealed interface Stage {

  /** Where in the kernel's path. */
  Hook hook();

  /** What it is, in the words of the field. */
  String name();

  /** Burns CPU time, once for every packet at this point of the path; may search something. */
  record Work(Hook hook, String name, Cost cost, Optional<Lookup> lookup) implements Stage {
    /** Fixed time with the look-up, on the reference core. */
    public long fixedPs() {
      return cost.fixedPs() + lookup.map(Lookup::costPs).orElse(0L);
    }
  }

  /**
   * Puts headers around the packet on the way out; on the way in, with a negative size, takes them
   * off.
   *
   * @param insideMtu whether the headers count against the MTU of the wire; a VLAN tag does not
   * @param hidesFlows whether a network card sees the same outer addresses and ports for all flows
   *     of two hosts, so that they share a receive queue
   */
  record Wrap(Hook hook, String name, int headerBytes, boolean insideMtu, boolean hidesFlows)
      implements Stage {}

  /**
   * Cuts a super-packet into frames of the MTU.
   *
   * @param perPiece cost of each frame, where there is more than one
   */
  record Split(Hook hook, String name, Cost perPiece) implements Stage {}

  /**
   * Joins the frames of a flow that wait together into super-packets.
   *
   * @param perPiece cost of each frame, where there is more than one
   */
  record Merge(Hook hook, String name, Cost perPiece) implements Stage {}

  /** Goes on on another core. */
  record Handoff(Hook hook, String name, CoreRole to) implements Stage {}

  /** Takes time but no CPU. */
  record Delay(Hook hook, String name, long delayPs) implements Stage {}

  /** A detour on a condition. */
  record Branch(Hook hook, String name, Condition when, Datapath detour) implements Stage {}

  /** When a {@link Branch} is taken. */
  enum Condition {
    /** By the first packet of a connection through this host. */
    FIRST_OF_CONNECTION,
    /**
     * By every packet, which is dropped at the end of the detour: connection tracking confirms none, so
     * each is the first of its connection.
     */
    DENIED,
    /** By every packet, which leaves through another network card at the end of the detour. */
    SENT_ON;

    /** Whether no packet comes back from the detour. */
    public boolean ends() {
      return switch (this) {
        case FIRST_OF_CONNECTION -> false;
        case DENIED, SENT_ON -> true;
      };
    }
  }
}
