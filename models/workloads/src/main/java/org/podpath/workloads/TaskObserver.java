package org.podpath.workloads;

/** Is told what tasks did, for tables and timelines. */
@FunctionalInterface
public interface TaskObserver {
  /** Looks away. */
  TaskObserver NONE = (task, startPs, endPs) -> {};

  /** {@code task} ran from {@code startPs} to {@code endPs}, which is now. */
  void done(Task task, long startPs, long endPs);
}
