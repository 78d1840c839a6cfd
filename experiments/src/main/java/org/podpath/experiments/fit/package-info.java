/**
 * Parameters of closed forms fitted to published measurements, and how far the rest of the
 * measurements is from what they predict. What is fitted is never part of an error.
 *
 * <p>To add a closed form: a constant of {@link ClosedForm} with its formula and source.
 */
package org.podpath.experiments.fit;
