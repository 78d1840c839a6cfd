package org.podpath.experiments.capture;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A capture in blocks: one section, an interface for each link, then frames in order of time.
 *
 * <p>Source: M. Tüxen and others, "PCAP Now Generic (pcapng) Capture File Format",
 * draft-ietf-opsawg-pcapng. Times are in picoseconds from the start of the simulation.
 */
final class Pcapng implements Closeable {
  private static final int SECTION = 0x0A0D0D0A;
  private static final int INTERFACE = 1;
  private static final int ENHANCED_PACKET = 6;

  private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
  private static final short ETHERNET = 1;

  private static final int APPLICATION = 4;
  private static final int NAME = 2;
  private static final int SPEED = 8;
  private static final int RESOLUTION = 9;
  /** Time stamps count units of 10^-12 s. */
  private static final byte PICOSECONDS = 12;

  private static final int OPTION_HEAD_BYTES = 4;
  private static final int END_OF_OPTIONS_BYTES = 4;
  private static final int BLOCK_BYTES = 12; // type, and the length at both ends

  private final OutputStream out;
  private final int snaplenBytes;

  /**
   * A section without interfaces.
   *
   * @param snaplenBytes kept of each frame, from its first on
   */
  Pcapng(OutputStream out, int snaplenBytes) throws IOException {
    this.out = out;
    this.snaplenBytes = snaplenBytes;
    byte[] application = "podpath".getBytes(StandardCharsets.UTF_8);
    ByteBuffer block =
        begin(SECTION, 16 + optionBytes(application.length) + END_OF_OPTIONS_BYTES);
    block.putInt(BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0).putLong(-1);
    option(block, APPLICATION, application);
    block.putInt(0);
    end(block);
  }

  /** The next interface; interfaces are numbered from 0. */
  void addInterface(String name, long bitsPerSecond) throws IOException {
    byte[] named = name.getBytes(StandardCharsets.UTF_8);
    byte[] speed = little(Long.BYTES).putLong(bitsPerSecond).array();
    int optionsBytes =
        optionBytes(named.length) + optionBytes(speed.length) + optionBytes(1)
            + END_OF_OPTIONS_BYTES;
    ByteBuffer block = begin(INTERFACE, 8 + optionsBytes);
    block.putShort(ETHERNET).putShort((short) 0).putInt(snaplenBytes);
    option(block, NAME, named);
    option(block, SPEED, speed);
    option(block, RESOLUTION, new byte[] {PICOSECONDS});
    block.putInt(0);
    end(block);
  }

  /** A frame that was seen at an interface. */
  void frame(int atInterface, long atPs, byte[] frame) throws IOException {
    int keptBytes = Math.min(frame.length, snaplenBytes);
    ByteBuffer block = begin(ENHANCED_PACKET, 20 + padded(keptBytes));
    block.putInt(atInterface).putInt((int) (atPs >>> 32)).putInt((int) atPs);
    block.putInt(keptBytes).putInt(frame.length);
    block.put(frame, 0, keptBytes);
    end(block);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static ByteBuffer begin(int type, int bodyBytes) {
    int bytes = BLOCK_BYTES + bodyBytes;
    return little(bytes).putInt(type).putInt(bytes);
  }

  /** What has not been written stays zero, which is the padding that the format asks for. */
  private void end(ByteBuffer block) throws IOException {
    block.putInt(block.capacity() - Integer.BYTES, block.capacity());
    out.write(block.array());
  }

  private static void option(ByteBuffer block, int code, byte[] value) {
    block.putShort((short) code).putShort((short) value.length).put(value);
    block.position(block.position() + padded(value.length) - value.length);
  }

  private static int optionBytes(int valueBytes) {
    return OPTION_HEAD_BYTES + padded(valueBytes);
  }

  private static int padded(int bytes) {
    return bytes + 3 & ~3;
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
