/**
 * Costs of operations fitted to measurements of a machine: which path each measurement took is data,
 * how long a path takes is the engines' own closed form, and what the measurements leave open the
 * priors of the cost file decide.
 *
 * <p>{@link org.podpath.experiments.calibrate.NonNegativeLeastSquares} is the solver, {@link
 * org.podpath.experiments.calibrate.Regression} what is known after it.
 */
package org.podpath.experiments.calibrate;
