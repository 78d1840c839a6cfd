package org.podpath.engine.packet;

import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.datapath.HostPaths;
import org.podpath.engine.datapath.Segment;

/**
 * The applications at both ends of a queue pair (InfiniBand Architecture Specification, volume 1): one
 * posts requests to send, of a super-packet each, ahead of its card; the other hears of each when all of
 * it has come.
 */
final class WorkRequests {
  /** assumption: requests that are posted and not sent, as applications keep some of them ready. */
  private static final int POSTED_AHEAD = 16;

  private final Roce carrier;
  private final int requestBytes;
  private final CpuThread sender;
  private final Tally streamPost;
  private final Tally messagePost;
  private final CpuThread reader;
  private final Tally streamDone;
  private final Tally messageDone;
  private final Post post = new Post();
  private final Completion completion = new Completion();
  /** The flow whose bytes are posted, and up to where; null before there is one. */
  private Transfer posted;
  private long postedOffset;
  private long readOffset;

  WorkRequests(Roce carrier) {
    this.carrier = carrier;
    PacketEngine engine = carrier.engine;
    Channel channel = carrier.channel;
    requestBytes = engine.network.stack().superPacketBytes();
    Cluster cluster = engine.cluster;
    Host from = cluster.hostOf(channel.source.id());
    Host to = cluster.hostOf(channel.destination.id());
    int sendCpu = cluster.sendCpu(channel.source.id());
    int readCpu = cluster.receiveCpu(channel.destination.id());
    HostPaths sends = engine.paths.on(from.profile());
    HostPaths reads = engine.paths.on(to.profile());
    sender = engine.cpus.thread(channel.source, sendCpu);
    reader = engine.cpus.thread(channel.destination, readCpu);
    streamPost = tally(from, sendCpu, sends.streamSend());
    messagePost = tally(from, sendCpu, sends.messageSend());
    streamDone = tally(to, readCpu, reads.streamReceive().get(1));
    messageDone = tally(to, readCpu, reads.messageReceive().get(1));
  }

  private Tally tally(Host host, int cpu, Segment segment) {
    PacketEngine engine = carrier.engine;
    return new Tally(
        engine.meter.usage(host, cpu, carrier.channel.tenant(), segment));
  }

  /** Whether the card may send the first outgoing bytes; if not, or soon not, they are posted. */
  boolean isPosted() {
    Transfer transfer = carrier.outgoing.peek();
    if (transfer == null) {
      return false;
    }
    if (transfer != posted) {
      posted = transfer;
      postedOffset = carrier.nextOffset();
    }
    if (postedOffset - carrier.nextOffset() < (long) POSTED_AHEAD * requestBytes) {
      post.offer(transfer);
    }
    return postedOffset > carrier.nextOffset();
  }

  /** The card has more, in order. */
  void arrived() {
    completion.offer();
  }

  /** Bytes that the receiving application has heard of. */
  long readOffset() {
    return readOffset;
  }

  /** The sending application posts a request. */
  private final class Post implements Service {
    private boolean offered;
    private Transfer of;
    private long bytes;

    void offer(Transfer transfer) {
      if (!offered && leftBytes(transfer) > 0) {
        offered = true;
        sender.offer(this);
      }
    }

    private long leftBytes(Transfer transfer) {
      return transfer.isPlaced()
          ? transfer.endOffset - postedOffset
          : transfer.flow.bytes() - (postedOffset - carrier.nextOffset());
    }

    @Override
    public double beginPs(CpuCore core) {
      of = carrier.outgoing.peek();
      bytes = of == null || of != posted ? 0 : Math.min(leftBytes(of), requestBytes);
      if (bytes <= 0) {
        return 0;
      }
      Tally tally = of.message ? messagePost : streamPost;
      tally.packets = 1;
      tally.bytes = bytes;
      return tally.take();
    }

    @Override
    public void end() {
      offered = false;
      if (bytes > 0) {
        (of.message ? messagePost : streamPost).charge();
        postedOffset += of == posted ? bytes : 0;
      }
      carrier.goOn();
    }
  }

  /** The receiving application hears of requests that have come as a whole. */
  private final class Completion implements Service {
    private boolean offered;
    private long heardOffset;

    void offer() {
      if (!offered && count(carrier.receivedOffset(), false)) {
        offered = true;
        reader.offer(this);
      }
    }

    @Override
    public double beginPs(CpuCore core) {
      heardOffset = carrier.receivedOffset();
      count(heardOffset, true);
      return streamDone.take() + messageDone.take();
    }

    /** Whether requests have come as a whole since the last time, which are counted if wanted. */
    private boolean count(long toOffset, boolean taken) {
      boolean any = false;
      Transfer transfer = carrier.incoming.peek();
      while (transfer != null && transfer.isPlaced() && transfer.firstOffset < toOffset) {
        long before = Math.max(0, readOffset - transfer.firstOffset);
        long bytes = Math.min(toOffset, transfer.endOffset) - transfer.firstOffset;
        long whole = bytes / requestBytes - before / requestBytes;
        boolean ends = toOffset >= transfer.endOffset && readOffset < transfer.endOffset;
        whole += ends && bytes % requestBytes > 0 ? 1 : 0;
        any |= whole > 0;
        if (taken) {
          Tally tally = transfer.message ? messageDone : streamDone;
          tally.packets += (int) whole;
          tally.bytes += bytes - before;
        }
        transfer = transfer.next;
      }
      return any;
    }

    @Override
    public void end() {
      offered = false;
      streamDone.charge();
      messageDone.charge();
      readOffset = heardOffset;
      carrier.deliver(readOffset);
      offer();
    }
  }
}
