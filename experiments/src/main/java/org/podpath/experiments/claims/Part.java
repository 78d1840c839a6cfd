package org.podpath.experiments.claims;

/**
 * One comparison that a claim is made of.
 *
 * @param predicted what came out, with its unit
 * @param published what it is compared with
 * @param holds whether the two agree
 */
public record Part(String predicted, String published, boolean holds) {}
