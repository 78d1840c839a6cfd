package org.podpath.engine.packet;

/**
 * Whether one direction of a connection may send: after the first two frames of the three-way handshake
 * (RFC 9293 section 3.5).
 */
final class Handshake {
  private static final long NEVER_PS = Long.MAX_VALUE;
  /** RFC 6298 section 2.1: before the first measurement. */
  private static final long FIRST_TIMEOUT_PS = 1_000_000_000_000L;

  /** Linux, net.ipv4.tcp_syn_retries: after so many the connection is given up. */
  private static final int RETRIES = 6;

  /** Of a connection that nobody opens: it has been open all along. It never changes. */
  static final Handshake NONE = new Handshake(true);

  private boolean open;
  private boolean due;
  private long deadlinePs = NEVER_PS;
  private int sent;

  /** The connection is to be opened. */
  Handshake() {
    this(false);
  }

  private Handshake(boolean open) {
    this.open = open;
    due = !open;
  }

  boolean isOpen() {
    return open;
  }

  /** Whether a SYN is to be sent now. */
  boolean due() {
    return due;
  }

  void sent(long nowPs) {
    due = false;
    deadlinePs = nowPs + (FIRST_TIMEOUT_PS << sent);
    sent++;
  }

  /** The answer has come. */
  void answered() {
    if (!open) {
      open = true;
      due = false;
      deadlinePs = NEVER_PS;
    }
  }

  /** How often the SYN has gone again. */
  int retries() {
    return open ? 0 : Math.max(0, sent - 1);
  }

  long deadlinePs() {
    return deadlinePs;
  }

  /** The SYN goes again if nothing has answered it, unless it has gone too often. */
  void look(long nowPs) {
    if (deadlinePs <= nowPs) {
      due = sent <= RETRIES;
      deadlinePs = NEVER_PS;
    }
  }
}
