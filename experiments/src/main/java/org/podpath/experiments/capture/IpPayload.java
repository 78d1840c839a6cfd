package org.podpath.experiments.capture;

import java.nio.ByteBuffer;
import org.podpath.engine.results.SeenFrame;

/** What stands in a pod's IP packet. */
interface IpPayload {

  /** Its number in the IP header. */
  int protocol();

  /** Headers, payload and what follows it. */
  int bytes(SeenFrame frame);

  /** Whether its packets take marks instead of drops. */
  Ip.Ecn ecn();

  /**
   * Fills what is left of {@code out}, which holds the IP header just before its position and zeros
   * after it.
   */
  void write(ByteBuffer out, long nowPs, SeenFrame frame, Ip.Addresses addresses);
}
