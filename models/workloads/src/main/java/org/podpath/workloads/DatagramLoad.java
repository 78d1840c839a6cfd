package org.podpath.workloads;

import org.podpath.engine.traffic.Flow;

/**
 * How many datagrams a job sends, and when.
 *
 * @param datagramBytes payload of each, the last may be shorter
 * @param meanGapPs from one to the next; 0: as fast as the sender can
 * @param poisson whether gaps are exponential
 * @param bytes payload of all; {@link Flow#ENDLESS_BYTES}: time ends it
 * @param durationPs how long it sends; {@link Flow#NEVER_PS}: until every byte has left
 */
public record DatagramLoad(
    int datagramBytes, long meanGapPs, boolean poisson, long bytes, long durationPs) {}
