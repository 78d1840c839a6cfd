package org.podpath.engine.packet;

import java.util.ArrayList;
import java.util.List;

/** The buffer that the queues of a switch share: none holds more than alpha times what is free. */
final class SharedBuffer {
  private final PacketEngine engine;
  private final long bufferBytes;
  private final double alphaRatio;
  private final List<Integer> ports = new ArrayList<>();

  SharedBuffer(PacketEngine engine, long bufferBytes, double alphaRatio) {
    this.engine = engine;
    this.bufferBytes = bufferBytes;
    this.alphaRatio = alphaRatio;
  }

  void join(int port) {
    ports.add(port);
  }

  /** Whether {@code port} may take a frame of so many bytes into its only queue. */
  boolean takes(int port, int wireBytes) {
    return takesBehind(engine.ports.queuedBytes(port), wireBytes);
  }

  /** Whether a queue that holds so many bytes may take a frame. */
  boolean takesBehind(long heldBytes, int wireBytes) {
    long usedBytes = 0;
    for (int i = 0; i < ports.size(); i++) {
      usedBytes += engine.ports.queuedBytes(ports.get(i));
    }
    long freeBytes = bufferBytes - usedBytes;
    return wireBytes <= freeBytes && heldBytes + wireBytes <= alphaRatio * freeBytes;
  }
}
