/**
 * Published claims as executable checks: what a paper says, what Podpath predicts, and whether the
 * two agree.
 *
 * <p>The claims of a source are the entries of one file, such as {@code seed-a.yaml}, among the
 * resources of this package; {@link org.podpath.experiments.claims.Claim} says what an entry holds.
 * To add a claim, add an entry. A new source is a new file and its name in {@link
 * org.podpath.experiments.claims.Claims}. Code is needed only for a new kind of {@link
 * org.podpath.experiments.claims.Check}. Published ranges are not here: they stand beside the
 * scenario that predicts them, in the file that it names under {@code measured}.
 */
package org.podpath.experiments.claims;
