package org.podpath.engine.results;

import org.podpath.engine.datapath.Component;

/**
 * What one CPU did of one kind for one tenant in a window of time.
 *
 * @param tenant its number, or {@link #NOBODY}
 * @param packets super-packets that passed
 * @param bytes bytes of payload that passed
 */
public record CpuTime(
    int host,
    int cpu,
    int tenant,
    Component component,
    long windowStartPs,
    long windowPs,
    long busyPs,
    long packets,
    long bytes) {
  /** In place of a tenant: a core polls while there is nothing to do for any. */
  public static final int NOBODY = -1;
}
