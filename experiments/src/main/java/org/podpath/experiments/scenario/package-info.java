/**
 * What a user can ask for: a scenario as records, and the reader that makes one of each point of a
 * sweep.
 *
 * <p>To add a parameter, add a component with its {@link org.podpath.experiments.Explain} and its
 * default to a record; the reader, its messages and {@code SCENARIO.md} follow. What must hold
 * between parameters stands in {@code ScenarioRules}. To add a fabric, add a record to {@link
 * org.podpath.experiments.scenario.FabricSpec}; one that a user has drawn is a {@link
 * org.podpath.experiments.scenario.TopologyFile}. Nothing here runs anything.
 */
package org.podpath.experiments.scenario;
