package org.podpath.engine.packet;

import org.podpath.engine.results.Recorder;
import org.podpath.engine.traffic.Flow;

/** Tells of flows that did not end: what they have, and where the rest of them is. */
final class StuckFlows {
  /**
   * After so many in a row, the way is suspected to lead nowhere (RFC 1122 section 4.2.3.5, R1; Linux,
   * net.ipv4.tcp_retries1).
   */
  private static final int SUSPICIOUS_WAITS = 3;

  /** assumption: so many times what a byte takes alone, nothing comes only where nothing can. */
  private static final long SILENT_TIMES = 100;

  private final PacketEngine engine;
  private final Recorder recorder;
  private int silentFlows;
  private String firstSilent = "";

  StuckFlows(PacketEngine engine, Recorder recorder) {
    this.engine = engine;
    this.recorder = recorder;
  }

  /** Whether nothing has ever come that its channel carries, though much could have. */
  private boolean isSilent(Channel channel, Transfer transfer) {
    long agePs = engine.simulator.nowPs() - transfer.startPs;
    return channel.lastDropAt != Channel.NEVER
        && !(channel.carrier instanceof Datagrams)
        && channel.carrier.receivedOffset() == 0
        && agePs > SILENT_TIMES * channel.uncontended().idealPs(1);
  }

  /** Of flows that time ended some may have been about to be heard; that they were not is told. */
  void silent() {
    if (silentFlows > 0) {
      recorder.note(
          (silentFlows == 1 ? "nothing of 1 flow" : "nothing of " + silentFlows + " flows")
              + " has arrived and frames were dropped: " + firstSilent
              + (silentFlows == 1 ? "" : " …"));
    }
  }

  /** Whether its way seems to lead nowhere. */
  boolean isSuspected(Channel channel, Transfer transfer) {
    return channel.carrier.waitsInVain() >= SUSPICIOUS_WAITS || isSilent(channel, transfer);
  }

  /** A flow is under way though the run has ended, or was when its time was up. */
  void tell(Channel channel, Transfer transfer, long deliveredBytes) {
    String dropped = drops(channel) + waiting(channel);
    int waits = channel.carrier.waitsInVain();
    boolean inVain = waits >= SUSPICIOUS_WAITS;
    String waited =
        waits > 0 ? "; its sender has waited in vain " + waits + (waits == 1 ? " time" : " times")
            : "";
    String gaveUp = channel.carrier.hasGivenUp() ? "; its sender has given up" : waited;
    long bytes = transfer.flow.bytes();
    String of = bytes == Flow.ENDLESS_BYTES ? "" : " of " + bytes;
    String what =
        "flow " + transfer.flow.id() + " (" + channel.path() + ") has " + deliveredBytes + of
            + " bytes; " + dropped + gaveUp;
    recorder.unfinished(what, inVain);
    if (!inVain && isSilent(channel, transfer)) {
      firstSilent = silentFlows++ == 0 ? what : firstSilent;
    }
  }

  private String drops(Channel channel) {
    return switch (channel.lastDropAt) {
      case Channel.NEVER -> "no frame of it was dropped";
      case Channel.IN_A_HOST -> "its last drop was in a queue of a host";
      default -> "its last drop was at " + engine.ports.link(channel.lastDropAt).name();
    };
  }

  /** Where frames of a channel wait that a port with real queues holds; empty if none does. */
  private String waiting(Channel channel) {
    StringBuilder text = new StringBuilder();
    for (int port = 0; port < engine.ports.count(); port++) {
      ClassedPort queued = engine.ports.queued(port);
      int frames = queued == null ? 0 : queued.waitingFrames(channel.index);
      if (frames > 0) {
        text.append(text.isEmpty() ? "; of its frames " : ", ")
            .append(frames)
            .append(" wait at ")
            .append(engine.ports.link(port).name());
      }
    }
    ClassedPort card = engine.ports.queued(channel.firstPort());
    boolean held = text.isEmpty() && card != null && card.queuedBytes() > 0;
    return held ? "; it waits for its turn at " + card.link().name() : text.toString();
  }
}
