package org.podpath.engine.packet;

import java.util.Arrays;
import java.util.List;
import org.podpath.engine.traffic.Flow;

/** All channels of a run. Each is opened by the first flow of its direction of a connection. */
final class Channels {
  private final PacketEngine engine;
  private Channel[] all = new Channel[16];
  private int count;
  /** By twice the number of the connection, one more for its reverse direction. */
  private Channel[] directions = new Channel[16];
  /** By direction of channels: the queue at the end of its way; null where no kernel polls there. */
  private ReceiveQueue[] queues = {};

  Channels(PacketEngine engine) {
    this.engine = engine;
  }

  /** That of the direction of {@code flow}. */
  Channel of(Flow flow) {
    int forward = 2 * flow.connection().id();
    int direction = flow.reverse() ? forward + 1 : forward;
    if (forward + 1 >= directions.length) {
      directions = Arrays.copyOf(directions, forward + forward / 4 + 2);
    }
    if (directions[direction] == null) {
      directions[direction] = open(flow, directions[direction ^ 1]);
    }
    return directions[direction];
  }

  /** That which a frame belongs to. */
  Channel of(long header) {
    return all[Frame.channel(header)];
  }

  /** In the order in which they were opened. */
  List<Channel> all() {
    return Arrays.asList(all).subList(0, count);
  }

  /** The queue at the end of the way of a frame; null where no kernel polls there. */
  ReceiveQueue queue(long header) {
    return queues[Frame.direction(header)];
  }

  /** Every queue takes note of what has come by now. */
  void look() {
    for (ReceiveQueue queue : queues) {
      if (queue != null) {
        queue.look();
      }
    }
  }

  /**
   * A channel of its own for the direction of {@code flow}.
   *
   * @param opposite that of the other direction; null if that is not in use
   */
  private Channel open(Flow flow, Channel opposite) {
    if (count == Frame.MOST_CHANNELS) {
      throw new IllegalStateException("more than " + Frame.MOST_CHANNELS + " channels");
    }
    Channel channel = new Channel(engine, count, flow);
    if (count == all.length) {
      all = Arrays.copyOf(all, count + count / 4);
    }
    all[count++] = channel;
    if (!engine.hostsAreFree) {
      noteQueues(channel);
    }
    if (opposite != null) {
      channel.opposite = opposite;
      opposite.opposite = channel;
    }
    return channel;
  }

  private void noteQueues(Channel channel) {
    int data = 2 * channel.index;
    if (data + 1 >= queues.length) {
      queues = Arrays.copyOf(queues, data + data / 4 + 2);
    }
    queues[data] = queue(channel, false);
    queues[data + 1] = queue(channel, true);
  }

  private ReceiveQueue queue(Channel channel, boolean answers) {
    return engine.between == null
        ? channel.carrier.queue(answers)
        : engine.between.queue(2 * channel.index + (answers ? 1 : 0));
  }
}
