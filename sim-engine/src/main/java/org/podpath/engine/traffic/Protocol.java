package org.podpath.engine.traffic;

/** Transport protocol of a connection, with its number in the IP header. */
public enum Protocol {
  /** RFC 9293. */
  TCP(6),
  /** RFC 768: nothing is acknowledged, nothing is sent again. */
  UDP(17),
  /** RDMA over Converged Ethernet, version 2 (InfiniBand Architecture, Annex A17): over UDP. */
  ROCE(17);

  private final int number;

  Protocol(int number) {
    this.number = number;
  }

  /** Number in the IP header (IANA). */
  public int number() {
    return number;
  }
}
