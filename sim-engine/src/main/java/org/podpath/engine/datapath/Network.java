package org.podpath.engine.datapath;

/**
 * How packets travel between the pods of a run: container network, TCP stack and MTU.
 *
 * @param podMtuBytes largest packet of a pod, without encapsulation
 * @param wireMtuBytes largest packet on the wire, encapsulation included
 */
public record Network(Cni cni, Stack stack, int podMtuBytes, int wireMtuBytes) {
  /** Ethernet header, checksum, preamble and gap: 14 + 4 + 8 + 12 (IEEE 802.3). */
  public static final int ETHERNET_BYTES = 38;

  public Network {
    int mostBytes = wireMtuBytes - cni.send().headerBytes();
    if (podMtuBytes > mostBytes) {
      throw new IllegalArgumentException(
          "pod MTU " + podMtuBytes + " does not fit: the wire takes " + wireMtuBytes + ", "
              + cni.name()
              + " adds " + cni.send().headerBytes() + "; write at most " + mostBytes);
    }
    if (podMtuBytes < 576) {
      throw new IllegalArgumentException("pod MTU " + podMtuBytes + " is below 576 (RFC 791)");
    }
  }

  /** Payload of a full frame. */
  public int segmentBytes() {
    return podMtuBytes - stack.headerBytes();
  }

  /** Bytes that a frame takes on the wire beside its payload. */
  public int frameOverheadBytes() {
    return stack.headerBytes() + cni.send().headerBytes() + cni.send().tagBytes() + ETHERNET_BYTES;
  }
}
