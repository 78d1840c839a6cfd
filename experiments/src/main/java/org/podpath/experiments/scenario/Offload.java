package org.podpath.experiments.scenario;

import org.podpath.experiments.Explain;

/** Whether packets are cut and joined at the ends of a host's path. */
public enum Offload {
  /** GSO, TSO and GRO. */
  @Explain("super-packets of up to 64 KiB pass the host's path as one.") ON,
  /** None of them. */
  @Explain("every packet of the MTU passes the host's path by itself.") OFF
}
