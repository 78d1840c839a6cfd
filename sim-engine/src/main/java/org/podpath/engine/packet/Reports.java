package org.podpath.engine.packet;

import java.util.List;
import java.util.OptionalLong;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.engine.results.LinkUse;
import org.podpath.engine.results.Recorder;

/** Tells the recorder what became of flows and what links did. */
final class Reports {
  private final PacketEngine engine;
  private final Recorder recorder;
  /** By port: what was told of it before. */
  private final LinkUse[] told;
  private final int wrappedBytes;
  private long windowStartPs;
  private final StuckFlows stuck;

  Reports(PacketEngine engine, Recorder recorder) {
    this.engine = engine;
    this.recorder = recorder;
    stuck = new StuckFlows(engine, recorder);
    told = new LinkUse[engine.ports.count()];
    Datapath send = engine.network.cni().send();
    wrappedBytes = send.headerBytes() + send.tagBytes();
  }

  /** A flow has ended, or the run has. */
  void flow(Channel channel, Transfer transfer, long deliveredBytes, boolean complete) {
    long sentAgain = channel.carrier.retransmissions();
    recorder.flow(
        new FinishedFlow(
            transfer.flow,
            transfer.startPs,
            engine.simulator.nowPs(),
            transfer.bytesBefore(channel.carrier.sentOffset()),
            deliveredBytes,
            complete,
            () -> deliveredBytes == 0 ? 0 : channel.uncontended().idealPs(deliveredBytes),
            (long) channel.takeFrames() * wrappedBytes,
            OptionalLong.of(sentAgain - channel.reportedSentAgain)));
    channel.reportedSentAgain = Math.toIntExact(sentAgain);
  }

  /** The run has ended with flows of {@code channel} under way. */
  void unfinished(Channel channel) {
    Transfer first = channel.carrier.incoming.peek();
    for (Transfer transfer = first; transfer != null; transfer = transfer.next) {
      if (!transfer.over) {
        long delivered = channel.carrier.deliveredBytes(transfer);
        flow(channel, transfer, delivered, false);
        stuck.tell(channel, transfer, delivered);
      }
    }
  }

  /** Time has cut a flow: that is worth a word only if it would not have gone on. */
  void cut(Channel channel, Transfer transfer) {
    if (stuck.isSuspected(channel, transfer)) {
      stuck.tell(channel, transfer, channel.carrier.deliveredBytes(transfer));
    }
  }

  /** All flows have been told of. */
  void silent() {
    stuck.silent();
  }

  /** What every link that was used has done since it was told last. */
  void links() {
    for (int port = 0; port < told.length; port++) {
      LinkUse all = soFar(port);
      LinkUse use = told[port] == null ? all : all.since(told[port]);
      if (use.sentBytes() > 0 || use.droppedFrames() > 0 || use.pausedPs() > 0) {
        told[port] = all;
        recorder.link(use);
      }
    }
    windowStartPs = engine.simulator.nowPs();
  }

  /** A receive queue whose ring was full: frames were dropped there. */
  void droppedInRing(Host host, int cpu, long frames) {
    recorder.note(
        frames + " frames found the receive ring of " + host.name() + " on CPU " + cpu
            + " full, and were dropped");
  }

  /** A backlog that was full: packets that had been steered to it were dropped there. */
  void droppedInBacklog(Host host, int cpu, long packets) {
    recorder.note(
        packets + " packets found the backlog of " + host.name() + " on CPU " + cpu
            + " full, and were dropped");
  }

  /** Datagrams that found the queue of their socket full, by the pod that reads it. */
  void droppedAtSockets(List<Channel> channels) {
    long[] dropped = new long[engine.cluster.pods().size()];
    for (Channel channel : channels) {
      if (channel.carrier instanceof HostedUdp socket) {
        dropped[channel.destination.id()] += socket.droppedAtSocket();
      }
    }
    for (Pod pod : engine.cluster.pods()) {
      if (dropped[pod.id()] > 0) {
        recorder.note(
            dropped[pod.id()] + " datagrams found a socket of " + pod.name()
                + " full, and were dropped");
      }
    }
  }

  /** Frames that were dropped though the senders of their links are told to wait. */
  void pressedOut() {
    for (int port = 0; port < told.length; port++) {
      ClassedPort queued = engine.ports.queued(port);
      if (queued != null) {
        queued.pressedOut().ifPresent(recorder::outsideValidity);
      }
    }
  }

  private LinkUse soFar(int port) {
    Ports ports = engine.ports;
    return new LinkUse(
        ports.link(port),
        windowStartPs,
        engine.simulator.nowPs() - windowStartPs,
        ports.takenBytes(port),
        ports.takeMostQueuedBytes(port),
        ports.droppedFrames(port),
        ports.markedFrames(port),
        ports.pausedPs(port));
  }
}
