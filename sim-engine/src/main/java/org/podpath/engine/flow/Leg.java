package org.podpath.engine.flow;

/**
 * A flow of the fair-sharing problem: a stream is one, datagrams are one for each place where some may
 * be dropped.
 */
abstract sealed class Leg permits StreamLeg, DatagramLeg {
  final Transfer transfer;
  /** Among all that share. */
  int number;

  Leg(Transfer transfer) {
    this.transfer = transfer;
  }

  /** What a byte took of resources when it came. */
  Use began;

  /** What a byte takes of resources. */
  abstract Use use();

  /** Time that the resource takes for a byte; 0 where it takes none. */
  abstract double secondsPerByte(int resource);

  /** The part of it that is done before any thread: by softirqs, cores that poll and links. */
  abstract double beforeThreadsSecondsPerByte(int resource);

  /** Payload of what comes to a core at once. */
  abstract double packetBytes();

  /** Time that the resource is busy with what comes to it at once. */
  abstract double burstSeconds(int resource, StreamRates rates);

  /** Its whole window, as time that the resource takes. */
  abstract double windowSeconds(int resource);

  /** What of that may wait at the resource, however much is left of it. */
  abstract double mostSeconds(int resource, StreamRates rates);

  /** What of it waits at the resource for good, as time that it takes; 0 if it waits elsewhere. */
  abstract double standingSeconds(int resource, StreamRates rates);

  /** The links that it passes as a whole, one after the other. */
  abstract int[] links();
}
