package org.podpath.engine.packet;

import java.util.ArrayList;
import org.podpath.engine.kernel.Entity;
import org.podpath.engine.kernel.Simulator;

/**
 * A receive queue of a network card and the polls that empty it. The first frame raises the
 * interrupt after its moderation; a poll takes what waits when it begins, at most {@link
 * #POLL_FRAMES}; while frames are left the next poll follows without an interrupt.
 */
final class ReceiveQueue implements Service, Entity {
  /** NAPI weight (Linux, include/linux/netdevice.h, NAPI_POLL_WEIGHT). */
  private static final int POLL_FRAMES = 64;

  private final Simulator simulator;
  private final PacketEngine engine;
  private final CpuCore core;
  private final long moderationPs;
  private final int id;
  /** Frames of the poll that goes on first, then those that wait. */
  private final FrameRing frames = new FrameRing(8);
  private final ArrayList<Receiver> receivers = new ArrayList<>();
  private final ArrayList<Sender> senders = new ArrayList<>();
  private final ArrayList<HostedUdp> sockets = new ArrayList<>();
  private int polled;
  private boolean interrupted;
  private boolean armed;

  ReceiveQueue(PacketEngine engine, CpuCore core, long moderationPs) {
    this.engine = engine;
    this.core = core;
    this.moderationPs = moderationPs;
    simulator = engine.simulator;
    id = simulator.register(this);
  }

  void arrive(long header, long sequence, long extra) {
    frames.add(0, header, sequence, extra);
    if (!armed) {
      armed = true;
      simulator.wake(id, simulator.nowPs() + moderationPs);
    }
  }

  /** The interrupt. */
  @Override
  public void wake(int entity) {
    interrupted = true;
    core.offer(this);
  }

  @Override
  public double beginPs(CpuCore at) {
    polled = Math.min(POLL_FRAMES, frames.size());
    for (int i = 0; i < polled; i++) {
      long header = frames.header(i);
      if (Frame.kind(header) == Frame.DATAGRAM) {
        takeDatagram(header, at);
        continue;
      }
      HostedTcp carrier = carrier(header);
      if (Frame.answers(header)) {
        if (carrier.sender.joinPoll()) {
          senders.add(carrier.sender);
        }
        carrier.sender.take(at);
      } else {
        if (carrier.receiver.joinPoll()) {
          receivers.add(carrier.receiver);
        }
        carrier.receiver.take(header, frames.sequence(i), at);
      }
    }
    double ps = 0;
    for (int i = 0; i < senders.size(); i++) {
      ps += senders.get(i).pollPs();
    }
    for (int i = 0; i < receivers.size(); i++) {
      ps += receivers.get(i).pollPs(at);
    }
    for (int i = 0; i < sockets.size(); i++) {
      ps += sockets.get(i).pollPs();
    }
    interrupted = false;
    return ps;
  }

  private void takeDatagram(long header, CpuCore at) {
    HostedUdp socket = (HostedUdp) engine.channel(header).carrier;
    if (socket.joinPoll()) {
      sockets.add(socket);
    }
    socket.take(header, at, interrupted ? 1 : 0);
    interrupted = false;
  }

  private HostedTcp carrier(long header) {
    return (HostedTcp) engine.channel(header).carrier;
  }

  @Override
  public void end() {
    for (int i = 0; i < senders.size(); i++) {
      senders.get(i).endPoll();
    }
    senders.clear();
    for (int i = 0; i < sockets.size(); i++) {
      sockets.get(i).endPoll();
    }
    sockets.clear();
    for (; polled > 0; polled--) {
      long header = frames.firstHeader();
      long sequence = frames.firstSequence();
      long extra = frames.firstExtra();
      frames.removeFirst();
      if (Frame.kind(header) == Frame.DATAGRAM) {
        ((HostedUdp) engine.channel(header).carrier).queue(header, sequence);
      } else if (Frame.answers(header)) {
        carrier(header).acknowledged(header, sequence, extra);
      } else {
        carrier(header).receiver.arrive(header, sequence, extra);
      }
    }
    for (int i = 0; i < receivers.size(); i++) {
      receivers.get(i).endPoll(core);
    }
    receivers.clear();
    armed = !frames.isEmpty();
    if (armed) {
      core.offer(this);
    }
  }
}
