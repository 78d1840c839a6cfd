/**
 * Text with a unit, and the whole numbers that the rest of the program counts in.
 *
 * <p>Only what a person reads or writes passes through here; inside, a number's name ends in its
 * unit and nothing is converted. To add a unit, add a line to its {@link Quantity}.
 */
package org.podpath.engine.units;
