package org.podpath.experiments.bench;

/** A workload that is built and ready to run once. */
@FunctionalInterface
interface Model {
  Work run();
}
