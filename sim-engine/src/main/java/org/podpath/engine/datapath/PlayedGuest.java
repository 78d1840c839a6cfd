package org.podpath.engine.datapath;

/**
 * A guest at the receiving end of played streams: the vhost thread that delivers what GRO of its host has
 * joined, and its ring, which polls of the guest empty one packet at a time.
 */
final class PlayedGuest {
  private final GuestShape shape;
  private final PlayedVhost delivering = new PlayedVhost();
  private final PlayedVhost sending;
  private final PlayedRing ring = new PlayedRing();
  private boolean armed;
  private double interruptAtPs = PlayedReceiver.NEVER_PS;
  private int polled;
  private long interrupts;

  PlayedGuest(GuestShape shape) {
    this.shape = shape;
    sending = shape.oneDelivering() ? delivering : new PlayedVhost();
  }

  /** Its host has a packet of so many frames for it. */
  void deliver(int stream, int frames, double nowPs) {
    ring.add(
        stream, frames,
        delivering.passPs(nowPs, shape.deliverPacketPs() + frames * shape.deliverFramePs()));
    if (!armed) {
      await();
    }
  }

  private void await() {
    armed = true;
    interruptAtPs = ring.firstPs();
  }

  /** When its interrupt is due. */
  double interruptAtPs() {
    return interruptAtPs;
  }

  /** It is raised; returns how long it takes. */
  double interrupt() {
    interruptAtPs = PlayedReceiver.NEVER_PS;
    interrupts++;
    return shape.interruptPs();
  }

  /** Whose packet is first. */
  int stream() {
    return ring.stream(0);
  }

  /** How many frames it was. */
  int frames() {
    return ring.frames(0);
  }

  /** How long it takes a poll. */
  double packetPs() {
    return shape.packetPs() + frames() * shape.framePs();
  }

  /** It is taken out of the ring. */
  void take() {
    ring.remove();
    polled++;
  }

  /** Whether the poll goes on. */
  boolean goesOn(double nowPs) {
    return polled < KernelLimits.POLL_FRAMES && ring.firstPs() <= nowPs;
  }

  /** The poll is over; returns how many packets it took, less than 0 if others wait for the next. */
  int end(double nowPs) {
    int took = polled;
    polled = 0;
    if (ring.firstPs() <= nowPs) {
      return -took;
    }
    armed = false;
    if (ring.size() > 0) {
      await();
    }
    return took;
  }

  /** When an acknowledgement that it sends now is at its host's card. */
  double answerPs(double nowPs) {
    return sending.passPs(nowPs, shape.answerVhostPs());
  }

  /** Interrupts since it was told to forget. */
  long interrupts() {
    return interrupts;
  }

  /** Counts from now on. */
  void forget() {
    interrupts = 0;
  }
}
