package org.podpath.cni;

/**
 * The virtual machine that the pods of a host run in, one guest for each host: KVM with a virtio card
 * that vhost-net serves.
 */
public enum Machine {
  /** None: pods run on the host itself. */
  NONE(""),
  /** The hypervisor injects interrupts, for which the guest exits. */
  KVM("inject interrupt"),
  /** The processor posts interrupts to a running guest. */
  KVM_POSTED("post interrupt");

  /**
   * assumption: what a guest's kernel does takes it a tenth longer than the host's, for nested page
   * tables.
   */
  static final double SLOWNESS_RATIO = 1.1;

  private final String injection;

  Machine(String injection) {
    this.injection = injection;
  }

  /** The operation of {@code kernel-costs.csv} by which an interrupt reaches a guest. */
  String injection() {
    return injection;
  }
}
