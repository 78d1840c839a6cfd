package org.podpath.engine.datapath;

/** Where in the kernel's path a stage stands. */
public enum Hook {
  /** System call of the application. */
  SOCKET(Component.APP),
  /** Copy between user and kernel memory. */
  COPY(Component.COPY),
  /** TCP of the pod. */
  TCP(Component.PROTOCOL),
  /** UDP of the pod. */
  UDP(Component.PROTOCOL),
  /** Virtual cable between the pod's namespace and the host's. */
  VETH(Component.HOST_PATH),
  /** Linux bridge. */
  BRIDGE(Component.HOST_PATH),
  /** Traffic control, where eBPF programs hang. */
  TC(Component.HOST_PATH),
  /** Netfilter, before routing. */
  PREROUTING(Component.HOST_PATH),
  /** Netfilter, forwarded packets. */
  FORWARD(Component.HOST_PATH),
  /** Netfilter, packets for the host itself. */
  INPUT(Component.HOST_PATH),
  /** Netfilter, packets from the host itself. */
  OUTPUT(Component.HOST_PATH),
  /** Routing table and neighbour. */
  ROUTE(Component.HOST_PATH),
  /** Open vSwitch kernel datapath. */
  OVS(Component.HOST_PATH),
  /** Encapsulation. */
  TUNNEL(Component.HOST_PATH),
  /** Queueing discipline. */
  QDISC(Component.HOST_PATH),
  /** Network card and its driver. */
  NIC(Component.DRIVER),
  /** Card of a virtual machine and its driver. */
  VIRTIO(Component.DRIVER),
  /** Hypervisor: exits of a guest, and vhost threads. */
  MACHINE(Component.MACHINE),
  /** Hardware interrupt. */
  INTERRUPT(Component.IRQ),
  /** Process of the host in user space. */
  DAEMON(Component.DAEMON),
  /** Switch or router in user space, on cores that poll. */
  POLL(Component.POLL);

  private final Component component;

  Hook(Component component) {
    this.component = component;
  }

  /**
   * What a stage at this place is accounted as. The cold factor applies to {@link
   * Component#HOST_PATH}.
   */
  public Component component() {
    return component;
  }
}
