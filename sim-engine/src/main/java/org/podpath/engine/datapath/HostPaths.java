package org.podpath.engine.datapath;

import java.util.List;
import java.util.Optional;
import org.podpath.engine.cluster.HostProfile;

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
 * @param local between two pods of the host; empty: through the network card
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
    Optional<Local> local) {
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

  /** The ways of {@code network} on hosts of {@code profile}. */
  public static HostPaths of(Network network, HostProfile profile) {
    Stack stack = network.stack();
    Datapath send = network.cni().send();
    Datapath receive = network.cni().receive();
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
        only(stack.datagramSend().then(send), profile, CoreRole.APP),
        Segment.of(receive.then(stack.datagramReceive()), profile, CoreRole.SOFTIRQ),
        Segment.inPolls(receive.then(stack.datagramReceive()), profile, CoreRole.SOFTIRQ)
            .getFirst(),
        network.cni().sameHost().map(path -> local(path, stack, profile, train)));
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
