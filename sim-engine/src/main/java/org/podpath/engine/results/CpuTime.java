package org.podpath.engine.results;

import org.podpath.engine.datapath.Component;

/**
 * What one CPU of a host did of one kind for one tenant in a window of time.
 *
 * @param work the same object for all hosts that did the same
 */
public record CpuTime(int host, Work work) {
  /** In place of a tenant: a core polls while there is nothing to do for any, or an agent works. */
  public static final int NOBODY = -1;

  /**
   * What a CPU did, on whichever host.
   *
   * @param tenant its number, or {@link #NOBODY}
   * @param packets super-packets that passed
   * @param bytes bytes of payload that passed
   */
  public record Work(
      int cpu,
      int tenant,
      Component component,
      long windowStartPs,
      long windowPs,
      long busyPs,
      long packets,
      long bytes) {}

  /** Its number on the host. */
  public int cpu() {
    return work.cpu;
  }

  /** For whom; {@link #NOBODY} for no tenant. */
  public int tenant() {
    return work.tenant;
  }

  /** Of which kind. */
  public Component component() {
    return work.component;
  }

  /** When the window began. */
  public long windowStartPs() {
    return work.windowStartPs;
  }

  /** How long it was. */
  public long windowPs() {
    return work.windowPs;
  }

  /** For how long the CPU did this. */
  public long busyPs() {
    return work.busyPs;
  }

  /** Super-packets that passed. */
  public long packets() {
    return work.packets;
  }

  /** Bytes of payload that passed. */
  public long bytes() {
    return work.bytes;
  }
}
