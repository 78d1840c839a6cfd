package org.podpath.engine.datapath;

import java.util.stream.Stream;

/**
 * How packets travel between the pods of a run: container network, TCP stack and MTU.
 *
 * @param transport what keeps bytes moving
 * @param podMtuBytes largest packet of a pod, without encapsulation
 * @param wireMtuBytes largest packet on the wire, encapsulation included
 */
public record Network(
    Cni cni, Stack stack, Transport transport, int podMtuBytes, int wireMtuBytes) {
  /** Ethernet header, checksum, preamble and gap: 14 + 4 + 8 + 12 (IEEE 802.3). */
  public static final int ETHERNET_BYTES = 38;

  /** What every host takes (RFC 791). */
  public static final int LEAST_POD_MTU_BYTES = 576;

  private static final int IP_UDP_BYTES = 28;

  public Network {
    int mostBytes = wireMtuBytes - cni.send().headerBytes();
    if (podMtuBytes > mostBytes) {
      throw new IllegalArgumentException(
          "pod MTU " + podMtuBytes + " does not fit: the wire takes " + wireMtuBytes + ", "
              + cni.name()
              + " adds " + cni.send().headerBytes() + "; write at most " + mostBytes);
    }
    if (podMtuBytes < LEAST_POD_MTU_BYTES) {
      throw new IllegalArgumentException(
          "pod MTU " + podMtuBytes + " is below " + LEAST_POD_MTU_BYTES
              + " (RFC 791); write at least that");
    }
  }

  /** The same with the transport of an unconfigured Linux. */
  public Network(Cni cni, Stack stack, int podMtuBytes, int wireMtuBytes) {
    this(cni, stack, Transport.Tcp.LINUX, podMtuBytes, wireMtuBytes);
  }

  /**
   * Whether hosts cost nothing: no stage of any path takes a core's time, so frames go straight from
   * a pod to its network card and back.
   */
  public boolean isFree() {
    return Stream.of(
        cni.send(), cni.receive(), stack.streamSend(), stack.streamReceive(),
        stack.messageSend(), stack.messageReceive(), stack.acknowledgementSend(),
        stack.acknowledgementReceive(), stack.datagramSend(), stack.datagramReceive())
        .flatMap(path -> path.stages().stream())
        .allMatch(
            stage -> stage instanceof Stage.Wrap
                || stage instanceof Stage.Delay
                || stage instanceof Stage.Handoff);
  }

  /** The way from a pod to the wire of what the transport sends; cards that send past the kernel. */
  Datapath send() {
    return transport.map(tcp -> cni.send(), roce -> cni.send().ofCard());
  }

  /** The same from the wire to a pod. */
  Datapath receive() {
    return transport.map(tcp -> cni.receive(), roce -> cni.receive().ofCard());
  }

  /** Whether pods poll for what has come, on the cores on which they read. */
  public boolean podsPoll() {
    return stack.streamReceive().stages().stream().anyMatch(stage -> stage.hook() == Hook.POLL);
  }

  /**
   * Whether a host's network card sends acknowledgements and short messages before the windows of
   * streams: kernels do so, and cards that send for pods take turns. Where hosts cost nothing, or a core
   * that polls stands before the card, all wait in one queue.
   */
  public boolean sparseGoFirst() {
    return !isFree() && !cni.polls();
  }

  /** Whether a stream passes the hosts' paths as single frames, one right behind the other. */
  public boolean sendsTrains() {
    return stack.superPacketBytes() <= segmentBytes();
  }

  /**
   * Payload of a full frame: of TCP what the pod's MTU leaves, of RoCE the largest power of two that it
   * leaves, at most 4,096.
   */
  public int segmentBytes() {
    return transport.segmentBytes(podMtuBytes, stack.headerBytes());
  }

  /**
   * Full segments that GRO joins at most: with their headers they stay below 64 KiB (Linux,
   * net/core/gro.c, skb_gro_receive, GRO_LEGACY_MAX_SIZE); none are joined on a way without GRO.
   */
  public int joinedSegments() {
    boolean joins =
        receive().stages().stream().anyMatch(Stage.Merge.class::isInstance);
    int most = (stack.superPacketBytes() - 1 - stack.headerBytes()) / segmentBytes();
    return joins ? Math.max(1, most) : 1;
  }

  /** Bytes that a frame with data takes on the wire beside its payload. */
  public int frameOverheadBytes() {
    return transport.headerBytes(stack.headerBytes())
        + cni.send().headerBytes()
        + cni.send().tagBytes()
        + ETHERNET_BYTES;
  }

  /** The largest frame on a wire. */
  public int mostFrameBytes() {
    return wireMtuBytes + cni.send().tagBytes() + ETHERNET_BYTES;
  }

  /** The same of a datagram: IP 20 and UDP 8 in place of the stack's headers (RFC 791, 768). */
  public int datagramOverheadBytes() {
    return IP_UDP_BYTES + cni.send().headerBytes() + cni.send().tagBytes() + ETHERNET_BYTES;
  }
}
