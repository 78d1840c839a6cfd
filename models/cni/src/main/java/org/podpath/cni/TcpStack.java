package org.podpath.cni;

import static org.podpath.engine.datapath.Hook.COPY;
import static org.podpath.engine.datapath.Hook.SOCKET;
import static org.podpath.engine.datapath.Hook.TCP;
import static org.podpath.engine.datapath.Hook.UDP;

import java.util.ArrayList;
import java.util.List;
import org.podpath.engine.datapath.CoreRole;
import org.podpath.engine.datapath.Cost;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.Stack;
import org.podpath.engine.datapath.Stage;

/** Linux TCP and UDP of a pod: the same on every container network. */
public final class TcpStack {
  /** assumption: a reader in the same host takes about two super-packets a call and answers then. */
  private static final double LOCAL_ANSWERS = 0.55;

  /** GSO_MAX_SIZE (Linux, include/linux/netdevice.h). */
  private static final int SUPER_PACKET_BYTES = 65_536;

  /** IP 20, TCP 20, timestamps 12 (RFC 791, 9293, 7323). */
  private static final int HEADER_BYTES = 52;

  private TcpStack() {}

  /** A stack that costs nothing, for a network without hosts. */
  static Stack free() {
    Datapath nothing = Datapath.of("nothing");
    Datapath toReader =
        Datapath.of("to reader", new Stage.Handoff(SOCKET, "reader", CoreRole.APP));
    return new Stack(
        nothing, toReader, nothing, toReader, nothing, nothing, nothing, toReader,
        1, SUPER_PACKET_BYTES, HEADER_BYTES);
  }

  /** The stack on {@code kernel}. */
  public static Stack on(Kernel kernel) {
    Stage toReader = new Stage.Handoff(SOCKET, "wake the reader", CoreRole.APP);
    return new Stack(
        Datapath.of(
            "stream to socket",
            kernel.work(SOCKET, "send call"),
            kernel.work(COPY, "copy to kernel"),
            kernel.work(COPY, "allocate pages"),
            kernel.work(TCP, "TCP output")),
        Datapath.of(
            "stream from socket",
            kernel.work(TCP, "TCP input"),
            toReader,
            kernel.work(SOCKET, "wake and read"),
            kernel.work(COPY, "copy to user")),
        messageSend(kernel),
        Datapath.of(
            "message from socket",
            kernel.work(TCP, "TCP input"),
            toReader,
            kernel.work(SOCKET, "wake and read message"),
            kernel.work(COPY, "copy to user")),
        Datapath.of("acknowledgement out", kernel.work(TCP, "send ACK")),
        Datapath.of("acknowledgement in", kernel.work(TCP, "receive ACK")),
        Datapath.of(
            "datagram to socket",
            kernel.work(SOCKET, "send datagram"),
            kernel.work(COPY, "copy datagram")),
        Datapath.of(
            "datagram from socket",
            kernel.work(UDP, "UDP input"),
            toReader,
            kernel.work(SOCKET, "wake and read datagram"),
            kernel.work(COPY, "copy datagram")),
        LOCAL_ANSWERS,
        SUPER_PACKET_BYTES,
        HEADER_BYTES);
  }

  private static Datapath messageSend(Kernel kernel) {
    List<Stage> stages = new ArrayList<>();
    if (kernel.cost("open connection").fixedPs() > 0) {
      stages.add(kernel.firstPacket(SOCKET, kernel.work(SOCKET, "open connection")));
    }
    stages.add(kernel.work(SOCKET, "send small message"));
    stages.add(kernel.work(COPY, "copy to kernel"));
    stages.add(kernel.work(COPY, "allocate pages"));
    return new Datapath("message to socket", stages);
  }

  /**
   * The stack on {@code kernel} without GSO, TSO and GRO: a stream is sent and taken packet by packet.
   * System calls and acknowledgements stay as rare as they are with super-packets: the application
   * writes and reads as much at once, and TCP acknowledges what has been read.
   */
  public static Stack withoutOffload(Kernel kernel, int podMtuBytes) {
    int segmentBytes = podMtuBytes - HEADER_BYTES;
    double shareRatio = segmentBytes / (double) SUPER_PACKET_BYTES;
    Stack whole = on(kernel);
    return new Stack(
        withCallsShared(whole.streamSend(), shareRatio),
        withCallsShared(whole.streamReceive(), shareRatio),
        whole.messageSend(),
        whole.messageReceive(),
        whole.acknowledgementSend(),
        whole.acknowledgementReceive(),
        whole.datagramSend(),
        whole.datagramReceive(),
        whole.localAnswersRatio() * shareRatio,
        segmentBytes,
        HEADER_BYTES);
  }

  private static Datapath withCallsShared(Datapath path, double shareRatio) {
    return new Datapath(
        path.name(),
        path.stages()
            .stream()
            .map(
                stage -> stage instanceof Stage.Work work && work.hook() == SOCKET
                    ? shared(work, shareRatio)
                    : stage)
            .toList());
  }

  private static Stage shared(Stage.Work work, double shareRatio) {
    Cost each =
        new Cost(Math.round(work.cost().fixedPs() * shareRatio), work.cost().psPerByte());
    return new Stage.Work(work.hook(), work.name(), each, work.lookup());
  }
}
