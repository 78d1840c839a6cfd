package org.podpath.cni;

import static org.podpath.engine.datapath.Hook.POLL;
import static org.podpath.engine.datapath.Hook.SOCKET;

import java.util.List;
import org.podpath.engine.datapath.CoreRole;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.Stack;
import org.podpath.engine.datapath.Stage;

/**
 * RDMA verbs of a pod: its application posts a request for each super-packet and polls a completion
 * queue, so that its reading core is never idle. The card does the rest.
 *
 * <p>Source: InfiniBand Architecture Specification, volume 1, chapters 10 and 11. Datagrams (UDP) are
 * not verbs; they go through the pod's kernel.
 */
public final class Verbs {
  private Verbs() {}

  /** The verbs of pods that hold a part of the card. */
  public static Stack on(Kernel kernel) {
    return stack(kernel, Datapath.of("request", kernel.work(SOCKET, "post verb")));
  }

  /** Those of pods whose calls a library hands to the router of their host. */
  static Stack throughFreeFlow(Kernel kernel) {
    return stack(
        kernel,
        Datapath.of(
            "request", kernel.work(SOCKET, "post verb"), kernel.work(SOCKET, "FreeFlow verb")));
  }

  private static Stack stack(Kernel kernel, Datapath post) {
    Datapath completion =
        new Datapath(
            "completion",
            List.of(
                new Stage.Handoff(POLL, "completion queue", CoreRole.APP),
                kernel.work(POLL, "poll completion")));
    Datapath byCard = Datapath.of("by the card");
    Stack sockets = TcpStack.on(kernel);
    return new Stack(
        post, completion, post, completion, byCard, byCard, sockets.datagramSend(),
        sockets.datagramReceive(), 0, sockets.superPacketBytes(), sockets.headerBytes());
  }
}
