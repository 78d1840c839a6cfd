package org.podpath.experiments.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcapngTest {
  private static final long MORE_THAN_32_BITS_PS = 0x12_3456_789AL;

  @Test
  void aFileIsOneSectionOfVersionOneOfUnknownLength() throws IOException {
    ByteBuffer section = blocks(100).getFirst();

    assertThat(section.getInt(0)).isEqualTo(0x0A0D0D0A);
    assertThat(section.getInt(8)).isEqualTo(0x1A2B3C4D);
    assertThat(section.getShort(12)).isEqualTo((short) 1);
    assertThat(section.getShort(14)).isZero();
    assertThat(section.getLong(16)).isEqualTo(-1);
    assertThat(option(section, 24, 4)).isEqualTo("podpath".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void anInterfaceIsAnEthernetWithNameSpeedAndPicoseconds() throws IOException {
    ByteBuffer described = blocks(100).get(1);

    assertThat(described.getInt(0)).isEqualTo(1);
    assertThat(described.getShort(8)).isEqualTo((short) 1);
    assertThat(described.getInt(12)).isEqualTo(100);
    assertThat(option(described, 16, 2)).isEqualTo("host0.up".getBytes(StandardCharsets.UTF_8));
    assertThat(little(option(described, 16, 8)).getLong()).isEqualTo(10_000_000_000L);
    assertThat(option(described, 16, 9)).containsExactly(12);
  }

  @Test
  void aFrameHasItsInterfaceAndItsTimeInTwoHalves() throws IOException {
    ByteBuffer frame = blocks(100).get(2);

    assertThat(frame.getInt(0)).isEqualTo(6);
    assertThat(frame.getInt(8)).isZero();
    assertThat(frame.getInt(12)).isEqualTo(0x12);
    assertThat(frame.getInt(16)).isEqualTo(0x3456789A);
    assertThat(frame.getInt(20)).isEqualTo(60);
    assertThat(frame.getInt(24)).isEqualTo(60);
    assertThat(frame.get(28)).isEqualTo((byte) 1);
    assertThat(frame.get(87)).isEqualTo((byte) 60);
  }

  /** Of 60 bytes 42 are kept: 44 with padding, and 32 of the block around them. */
  @Test
  void aFrameThatIsCutSaysHowLongItWas() throws IOException {
    ByteBuffer frame = blocks(42).get(2);

    assertThat(frame.capacity()).isEqualTo(44 + 32);
    assertThat(frame.getInt(20)).isEqualTo(42);
    assertThat(frame.getInt(24)).isEqualTo(60);
    assertThat(frame.get(28 + 41)).isEqualTo((byte) 42);
    assertThat(frame.getShort(28 + 42)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 41, 42, 43, 44, 100})
  void everyBlockIsOfWholeWordsAndSaysItsLengthAtBothEnds(int snaplenBytes) throws IOException {
    for (ByteBuffer block : blocks(snaplenBytes)) {
      assertThat(block.capacity() % 4).isZero();
      assertThat(block.getInt(4)).isEqualTo(block.capacity());
      assertThat(block.getInt(block.capacity() - 4)).isEqualTo(block.capacity());
    }
  }

  /** A section, the interface host0.up, and a frame of 60 bytes: 1, 2, … 60. */
  private static List<ByteBuffer> blocks(int snaplenBytes) throws IOException {
    byte[] frame = new byte[60];
    for (int i = 0; i < frame.length; i++) {
      frame[i] = (byte) (i + 1);
    }
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    try (Pcapng out = new Pcapng(written, snaplenBytes)) {
      out.addInterface("host0.up", 10_000_000_000L);
      out.frame(0, MORE_THAN_32_BITS_PS, frame);
    }
    return parted(written.toByteArray());
  }

  /** The blocks of a file, found by their lengths. */
  static List<ByteBuffer> parted(byte[] file) {
    ByteBuffer all = little(file);
    List<ByteBuffer> blocks = new ArrayList<>();
    while (all.hasRemaining()) {
      int bytes = all.getInt(all.position() + 4);
      blocks.add(all.slice(all.position(), bytes).order(ByteOrder.LITTLE_ENDIAN));
      all.position(all.position() + bytes);
    }
    return blocks;
  }

  /** The value of the option with this code, options beginning at {@code start}. */
  static byte[] option(ByteBuffer block, int start, int code) {
    int at = start;
    while (block.getShort(at) != code) {
      assertThat(block.getShort(at)).as("end of options before %d", code).isNotZero();
      at += 4 + (block.getShort(at + 2) + 3 & ~3);
    }
    byte[] value = new byte[block.getShort(at + 2)];
    block.get(at + 4, value);
    return value;
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
