package org.podpath.engine.packet;

import java.util.ArrayList;
import java.util.List;

/** The buffer that the ports of a switch share: none holds more than alpha times what is free. */
final class SharedBuffer {
  private final long bufferBytes;
  private final double alphaRatio;
  private final List<Port> ports = new ArrayList<>();

  SharedBuffer(long bufferBytes, double alphaRatio) {
    this.bufferBytes = bufferBytes;
    this.alphaRatio = alphaRatio;
  }

  void join(Port port) {
    ports.add(port);
  }

  /** Whether {@code port} may take a frame of so many bytes. */
  boolean takes(Port port, int wireBytes) {
    long usedBytes = 0;
    for (int i = 0; i < ports.size(); i++) {
      usedBytes += ports.get(i).queuedBytes();
    }
    long freeBytes = bufferBytes - usedBytes;
    return wireBytes <= freeBytes
        && port.queuedBytes() + wireBytes <= alphaRatio * freeBytes;
  }
}
