package org.podpath.engine.datapath;

import java.util.List;
import java.util.Optional;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.datapath.Segment.Per;

/**
 * Every way that data and acknowledgements take through a host of one profile on one network: the
 * pod's stack and the container network's lists put together and added up.
 *
 * @param streamSend pod to wire, on the sender's core
 * @param streamReceive wire to pod: the part of the softirq core, then the part of the reader's
 *     core
 * @param acknowledgementSend at the receiver, on its softirq core
 * @param acknowledgementReceive at the sender, on its softirq core
 * @param datagramSend pod to wire, on the sender's core
 * @param datagramReceive like {@code streamReceive}
 * @param local between two pods of the host; empty: through the network card, or through a switch that
 *     polls
 * @param polled what a switch on cores that poll does between pods and wire, or from pod to pod; empty:
 *     there is none
 * @param below what the host does between its guest, whose part all others are then, and the wire; empty:
 *     pods run on the host itself
 * @param steered what the CPU does that polls frames, where another one takes packets up the stack; empty:
 *     it does so itself
 */
public record HostPaths(
    Segment streamSend,
    Segment messageSend,
    List<Segment> streamReceive,
    List<Segment> messageReceive,
    Segment acknowledgementSend,
    Segment acknowledgementReceive,
    Segment datagramSend,
    List<Segment> datagramReceive,
    Segment datagramInPoll,
    Optional<Local> local,
    Optional<Polled> polled,
    Optional<Below> below,
    Optional<Steered> steered) {
  /**
   * Frames without data that a connection within a host has beside its SYN: SYN-ACK and ACK, then FIN,
   * FIN and ACK (RFC 9293 sections 3.5 and 3.6). Those of its end are charged when it is opened: where
   * connections follow each other it makes no difference.
   */
  public static final int LOCAL_CONTROL_FRAMES = 5;

  /**
   * Between two pods of one host: everything up to the socket queue on the sender's core, then the
   * reader's.
   *
   * @param acknowledgement both ways of an acknowledgement, on the sender's core
   */
  public record Local(
      List<Segment> stream, List<Segment> message, Segment acknowledgement,
      List<Segment> datagram) {}

  /**
   * What a core that polls does for a frame, whatever is in it.
   *
   * @param waitPs until the core looks
   */
  public record Turn(Segment segment, long waitPs) {
    private static Turn of(Datapath path, HostProfile profile) {
      Datapath polled = path.polled();
      return new Turn(
          Segment.of(polled, profile, CoreRole.POLLING).getFirst(), polled.pollWaitPs());
    }

    /** Time of a whole core for a frame with so many bytes of payload. */
    public double framePs(long bytes) {
      return segment.ps(Per.PACKET) + bytes * segment.ps(Per.BYTE);
    }
  }

  /** From a pod to the wire, from the wire to a pod, and from pod to pod. */
  public record Polled(Turn send, Turn receive, Turn local) {
    private static Polled of(Cni cni, HostProfile profile) {
      if (!cni.receive().isPolled()
          || !cni.sameHost().map(Datapath::isPolled).orElse(false)) {
        throw new IllegalArgumentException(
            "'" + cni.name() + "' polls on its way out, and not on all of its ways");
      }
      return new Polled(
          Turn.of(cni.send(), profile), Turn.of(cni.receive(), profile),
          Turn.of(cni.sameHost().orElseThrow(), profile));
    }
  }

  /**
   * The host of a guest: its kernel and the vhost thread. What passes are super-packets, whichever stack
   * made them, and frames at the card.
   *
   * @param send vhost thread: from the guest to the wire
   * @param answer the same of acknowledgements
   * @param receive softirq: from the wire to the vhost thread
   * @param receiveAnswer the same of acknowledgements
   * @param deliver vhost thread: to the guest
   */
  public record Below(
      Segment send, Segment answer, Segment receive, Segment receiveAnswer, Segment deliver) {
    private static Below of(Datapath send, Datapath receive, HostProfile profile) {
      Datapath out = send.parts().getLast();
      Datapath in = receive.parts().getFirst();
      return new Below(
          only(out, profile, CoreRole.VHOST),
          only(out.established(), profile, CoreRole.VHOST),
          only(in, profile, CoreRole.SOFTIRQ),
          only(in.established(), profile, CoreRole.SOFTIRQ),
          only(receive.parts().get(1), profile, CoreRole.VHOST));
    }
  }

  /**
   * Before packets are steered to another CPU: from the wire to its backlog.
   *
   * @param receive frames with data
   * @param receiveAnswer acknowledgements
   */
  public record Steered(Segment receive, Segment receiveAnswer) {
    private static Steered of(Datapath receive, HostProfile profile) {
      Datapath polled = receive.parts().getFirst();
      return new Steered(
          only(polled, profile, CoreRole.SOFTIRQ),
          only(polled.established(), profile, CoreRole.SOFTIRQ));
    }
  }

  /** The ways of {@code network} on hosts of {@code profile}. */
  public static HostPaths of(Network network, HostProfile profile) {
    Stack stack = network.stack();
    Cni cni = network.cni();
    Datapath send = ofPods(network.send(), true);
    Datapath receive = ofPods(network.receive(), false);
    Datapath datagramSend = stack.datagramSend().then(ofPods(cni.send(), true));
    Datapath datagramReceive = ofPods(cni.receive(), false).then(stack.datagramReceive());
    boolean train = network.sendsTrains();
    return new HostPaths(
        only(stack.streamSend().then(send), profile, CoreRole.APP, train),
        only(stack.messageSend().then(send), profile, CoreRole.APP),
        Segment.of(receive.then(stack.streamReceive()), profile, CoreRole.SOFTIRQ, train),
        Segment.of(receive.then(stack.messageReceive()), profile, CoreRole.SOFTIRQ),
        only(stack.acknowledgementSend().then(send).established(), profile, CoreRole.SOFTIRQ),
        only(
            receive.then(stack.acknowledgementReceive()).established(), profile,
            CoreRole.SOFTIRQ),
        only(datagramSend, profile, CoreRole.APP),
        Segment.of(datagramReceive, profile, CoreRole.SOFTIRQ),
        Segment.inPolls(datagramReceive, profile, CoreRole.SOFTIRQ).getFirst(),
        cni.sameHost()
            .filter(path -> !path.isPolled())
            .map(path -> local(path, stack, profile, train)),
        cni.polls() ? Optional.of(Polled.of(cni, profile)) : Optional.empty(),
        network.send().crossesVhost()
            ? Optional.of(Below.of(network.send(), network.receive(), profile))
            : Optional.empty(),
        network.receive().isSteered()
            ? Optional.of(Steered.of(network.receive(), profile))
            : Optional.empty());
  }

  /**
   * The part of a way that is done in the kernel of pods where their packets are: not by cores that poll,
   * nor below a guest, nor before packets are steered.
   */
  private static Datapath ofPods(Datapath way, boolean out) {
    if (!way.crossesVhost() && !way.isSteered()) {
      return way.unpolled();
    }
    return out ? way.parts().getFirst() : way.parts().getLast();
  }

  private static Local local(
      Datapath path, Stack stack, HostProfile profile, boolean train) {
    return new Local(
        Segment.of(stack.streamSend().then(path).then(stack.streamReceive()), profile,
            CoreRole.APP, train),
        Segment.of(stack.messageSend().then(path).then(stack.messageReceive()), profile,
            CoreRole.APP),
        only(
            stack.acknowledgementSend()
                .then(path)
                .then(stack.acknowledgementReceive())
                .established(),
            profile,
            CoreRole.APP),
        Segment.of(stack.datagramSend().then(path).then(stack.datagramReceive()), profile,
            CoreRole.APP));
  }

  private static Segment only(Datapath path, HostProfile profile, CoreRole start) {
    return only(path, profile, start, false);
  }

  private static Segment only(
      Datapath path, HostProfile profile, CoreRole start, boolean train) {
    List<Segment> segments = Segment.of(path, profile, start, train);
    if (segments.size() != 1) {
      throw new IllegalArgumentException(
          "'" + path.name() + "' hands over to another core on the way");
    }
    return segments.getFirst();
  }
}
