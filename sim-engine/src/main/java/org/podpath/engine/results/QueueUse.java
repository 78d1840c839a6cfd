package org.podpath.engine.results;

/**
 * What a receive queue of a host did from the start of the run on.
 *
 * @param frames that polls took
 * @param dropped frames that found its ring full
 * @param waitedPs of all of them together, from the card until a poll took them
 * @param busyPs of polls, without interrupts
 * @param interrupts that found the queue quiet
 * @param interruptedPs of all of these together, from the frame that raised them until its poll
 */
public record QueueUse(
    int host, int cpu, long frames, long dropped, long waitedPs, long busyPs, long interrupts,
    long interruptedPs) {}
