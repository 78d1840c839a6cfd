package org.podpath.engine.datapath;

/** What CPU time was spent on, as in the {@code host_cpu} table. */
public enum Component {
  /** System calls and wake-ups of the application. */
  APP,
  /** Copying between user and kernel memory. */
  COPY,
  /** TCP itself. */
  PROTOCOL,
  /** The host's network namespace: what a container network adds. */
  HOST_PATH,
  /** The network card's driver, segmentation and aggregation. */
  DRIVER,
  /** Hardware interrupts. */
  IRQ,
  /** Virtual machines: exits of guests, and vhost threads. */
  MACHINE,
  /** Processes of the host that serve packets, such as ovs-vswitchd. */
  DAEMON,
  /** Processes of the host that write rules and maps when pods come and go. */
  AGENT,
  /** Cores that poll: work for frames, and turns of their loops that find none. */
  POLL
}
