package org.podpath.experiments.fit;

/**
 * A measured time.
 *
 * @param line of the file
 * @param bytes of the whole buffer, at least 1
 * @param us above 0
 */
record Timing(int line, LinkType link, long bytes, double us) {}
