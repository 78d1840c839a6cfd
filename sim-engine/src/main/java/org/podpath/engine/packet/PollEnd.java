package org.podpath.engine.packet;

/**
 * An end of a channel whose frames polls take. A poll has parts: each ends when a packet goes up the
 * stack, and what was joined so far may go on to be joined in the next.
 */
interface PollEnd {

  /** Whether the part of a poll that is beginning has not met this end yet. */
  boolean joinPart();

  /**
   * The poll takes a frame.
   *
   * @return whether a packet goes up the stack for it
   */
  boolean take(long header, long sequence, CpuCore core);

  /** Whether frames were joined to a packet that has not gone up the stack. */
  boolean holds();

  /** The poll is about to be over: what is held goes up the stack. */
  void flush(CpuCore core);

  /** What a hard interrupt for a frame of this end takes a whole core. */
  double interruptPs();

  /** What this part of the poll spends on all frames that it took. */
  double partPs();

  /** The part is over: a frame that it took has arrived. */
  void arrive(long header, long sequence, long extra);

  /** The part is over, and all its frames have arrived. */
  void endPart();
}
