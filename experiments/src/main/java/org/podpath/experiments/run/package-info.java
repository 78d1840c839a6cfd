/**
 * Runs a scenario: wires cluster, network, jobs and engine together, plays every point and
 * repetition, and says what came out. {@link org.podpath.experiments.run.RunScenario} is the only
 * place that knows all modules.
 */
package org.podpath.experiments.run;
