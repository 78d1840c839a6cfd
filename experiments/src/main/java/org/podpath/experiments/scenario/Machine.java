package org.podpath.experiments.scenario;

import org.podpath.experiments.Explain;

/** What the pods of a host run in. */
public enum Machine {
  /** The host itself. */
  @Explain("pods run on the host itself.") NONE,

  /** A virtual machine whose interrupts the hypervisor injects. */
  @Explain("all pods of a host run in one virtual machine; a vhost thread of the host serves its card, and"
      + " the hypervisor injects its interrupts.") KVM,

  /** A virtual machine whose interrupts the processor posts. */
  @Explain("the same where the processor posts interrupts to the guest.") KVM_POSTED
}
