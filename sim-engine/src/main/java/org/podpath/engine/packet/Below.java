package org.podpath.engine.packet;

/** A kernel that polls frames of which another one, or another CPU, takes what GRO has joined. */
interface Below {

  /** The end that takes the frame out of a poll. */
  PollEnd pollEnd(long header);

  /** A packet is through, with the headers of its last frame. */
  void taken(long header, long sequence, long extra);
}
