package org.podpath.engine.packet;

import java.util.ArrayList;
import java.util.List;

/** The buffer that the ports of a switch share: none holds more than alpha times what is free. */
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

  /** Whether {@code port} may take a frame of so many bytes. */
  boolean takes(int port, int wireBytes) {
    long usedBytes = 0;
    for (int i = 0; i < ports.size(); i++) {
      usedBytes += engine.ports.queuedBytes(ports.get(i));
    }
    long freeBytes = bufferBytes - usedBytes;
    return wireBytes <= freeBytes
        && engine.ports.queuedBytes(port) + wireBytes <= alphaRatio * freeBytes;
  }
}
