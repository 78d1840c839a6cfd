package org.podpath.engine.cluster;

/** Which core takes the frames that arrive for a pod. */
public enum Receive {
  /** Data on the pod's receive core, acknowledgements on its send core. */
  POD_CORE,
  /** Receive queue by hash of the connection, each on a core of its own or not. */
  RSS,
  /** Everything of a host on its core 0: client and server share it. */
  SAME_CORE
}
