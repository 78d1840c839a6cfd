package org.podpath.experiments.scenario;

import org.podpath.experiments.Explain;

/** What hides the packets of pods between hosts. */
public enum Encryption {
  /** As they are. */
  @Explain("Nothing.") NONE,

  /** RFC 4303. */
  @Explain("ESP with AES-GCM, RFC 4303 and 4106, 40 bytes inside the MTU.") IPSEC
}
