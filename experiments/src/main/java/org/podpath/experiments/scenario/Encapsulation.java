package org.podpath.experiments.scenario;

import org.podpath.experiments.Explain;

/** What the container network wraps around a packet between hosts. */
public enum Encapsulation {
  /** The network's usual one. */
  @Explain("What the network uses unless it is told otherwise.") DEFAULT,

  /** Pod addresses on the wire. */
  @Explain("Nothing: pod addresses are routed.") NONE,

  /** RFC 7348. */
  @Explain("VXLAN, RFC 7348.") VXLAN,

  /** RFC 2003. */
  @Explain("IP in IP, RFC 2003.") IPIP,

  /** RFC 8926. */
  @Explain("Geneve, RFC 8926.") GENEVE,

  /** Of Weave. */
  @Explain("UDP from user space, to which weave falls back: frame by frame.") SLEEVE
}
