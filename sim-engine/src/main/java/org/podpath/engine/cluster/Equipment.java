package org.podpath.engine.cluster;

/**
 * What a fabric is built of: alike everywhere, unless a fabric says otherwise.
 *
 * @param edge cables between network cards and switches
 * @param inner cables between switches
 * @param switchLatencyPs see {@link Switch#latencyPs()}
 * @param queues of every switch
 */
public record Equipment(Cable edge, Cable inner, long switchLatencyPs, PortQueues queues) {}
