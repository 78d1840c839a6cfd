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
  private final LongRing frames = new LongRing();
  private final ArrayList<Receiver> receivers = new ArrayList<>();
  private final ArrayList<Sender> senders = new ArrayList<>();
  private boolean armed;

  ReceiveQueue(PacketEngine engine, CpuCore core, long moderationPs) {
    this.engine = engine;
    this.core = core;
    this.moderationPs = moderationPs;
    simulator = engine.simulator;
    id = simulator.register(this);
  }

  void arrive(long frame, Channel channel) {
    frames.add(frame);
    if (!Frame.acknowledges(frame)) {
      channel.receiver.frameWaits();
    }
    if (!armed) {
      armed = true;
      simulator.wake(id, simulator.nowPs() + moderationPs);
    }
  }

  /** The interrupt. */
  @Override
  public void wake(int entity) {
    core.offer(this);
  }

  @Override
  public double beginPs(CpuCore at) {
    for (int left = Math.min(POLL_FRAMES, frames.size()); left > 0; left--) {
      long frame = frames.remove();
      Channel channel = engine.channel(frame);
      if (Frame.acknowledges(frame)) {
        if (channel.sender.joinPoll()) {
          senders.add(channel.sender);
        }
        channel.sender.take(Frame.bytes(frame), at);
      } else {
        if (channel.receiver.joinPoll()) {
          receivers.add(channel.receiver);
        }
        channel.receiver.take(Frame.bytes(frame), at);
      }
    }
    double ps = 0;
    for (int i = 0; i < senders.size(); i++) {
      ps += senders.get(i).pollPs();
    }
    for (int i = 0; i < receivers.size(); i++) {
      ps += receivers.get(i).pollPs(at);
    }
    return ps;
  }

  @Override
  public void end() {
    for (int i = 0; i < senders.size(); i++) {
      senders.get(i).endPoll();
    }
    senders.clear();
    for (int i = 0; i < receivers.size(); i++) {
      receivers.get(i).endPoll(core);
    }
    receivers.clear();
    armed = frames.size() > 0;
    if (armed) {
      core.offer(this);
    }
  }
}
