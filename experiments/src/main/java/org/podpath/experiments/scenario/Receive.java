package org.podpath.experiments.scenario;

import org.podpath.experiments.Explain;

/** Which CPU takes the interrupts for what arrives at a pod. */
public enum Receive {
  /** The CPU of the queue that the flow's hash chose. */
  @Explain("A flow's hash chooses the queue; queue i interrupts CPU i.") RSS,

  /** The receiving pod's own. */
  @Explain("The rx CPU of the receiving pod.") POD_CORE,

  /** One CPU for both ends of a connection. */
  @Explain("Client and server of a pair on one host share one CPU.") SAME_CORE
}
