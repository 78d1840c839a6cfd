package org.podpath.experiments.capture;

import java.nio.ByteBuffer;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Pod;

/**
 * Who has which address, by number: network cards of hosts 10.0.0.1 and on (RFC 1918), pods
 * 100.64.0.1 and on (RFC 6598), the provider's tunnel ends 172.16.0.1 and on (RFC 1918). A pod on
 * the host's own network has an address of its own all the same, so that its connections are not
 * taken for another's.
 *
 * <p>MAC addresses are locally administered (IEEE 802): 02, whose it is, its number from 1.
 * assumption: switches forward frames as they are, as in a bridged fabric.
 */
final class Addressing {
  private static final int FIRST_CARD = 10 << 24 | 1;
  private static final int FIRST_POD = 100 << 24 | 64 << 16 | 1;
  private static final int FIRST_PROVIDER = 172 << 24 | 16 << 16 | 1;
  private static final int LOCALLY_ADMINISTERED = 0x0200;

  private final Cluster cluster;

  /** Whose a MAC address is. */
  enum Mac {
    /** A host's network card. */
    CARD,
    /** A pod's interface. */
    POD,
    /** A host's tunnel device. */
    TUNNEL,
    /** The provider's tunnel end. */
    PROVIDER
  }

  Addressing(Cluster cluster) {
    this.cluster = cluster;
  }

  Ip.Addresses pods(Pod source, Pod destination) {
    return new Ip.Addresses(FIRST_POD + source.id(), FIRST_POD + destination.id());
  }

  Ip.Addresses hosts(Pod source, Pod destination) {
    return new Ip.Addresses(FIRST_CARD + card(source), FIRST_CARD + card(destination));
  }

  Ip.Addresses providers(Pod source, Pod destination) {
    return new Ip.Addresses(FIRST_PROVIDER + card(source), FIRST_PROVIDER + card(destination));
  }

  /** The first twelve bytes of an Ethernet header: to whom, from whom. */
  void writeMacs(ByteBuffer out, Mac whose, Pod source, Pod destination) {
    writeMac(out, whose, destination);
    writeMac(out, whose, source);
  }

  private void writeMac(ByteBuffer out, Mac whose, Pod pod) {
    int number = whose == Mac.POD ? pod.id() : card(pod);
    out.putShort((short) (LOCALLY_ADMINISTERED | whose.ordinal())).putInt(1 + number);
  }

  private int card(Pod pod) {
    return cluster.topology().card(pod);
  }
}
