package org.podpath.experiments.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class InternetChecksumTest {
  /** RFC 1071 section 3: the words 0001 f203 f4f5 f6f7 add up to ddf2 with the carries; ~ddf2. */
  @Test
  void isTheComplementOfTheSumOfWords() {
    assertThat(checksum("0001f203f4f5f6f7", 0)).isEqualTo("220d");
  }

  /** 0001 + f200 = f201. */
  @Test
  void aLastOddByteIsTheUpperHalfOfAWord() {
    assertThat(checksum("0001f2", 0)).isEqualTo(hex(~0xf201));
  }

  /** 220d + the words above is the sum of all ones: what a receiver checks. */
  @Test
  void addsUpToNothingWithTheChecksumInIt() {
    assertThat(checksum("0001f203f4f5f6f7220d", 0)).isEqualTo("0000");
  }

  @Test
  void wordsThatStandElsewhereAreAddedFirst() {
    assertThat(checksum("f4f5f6f7", 0x0001 + 0xf203)).isEqualTo("220d");
  }

  private static String checksum(String hex, long initialSum) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    return hex(InternetChecksum.of(ByteBuffer.wrap(bytes), 0, bytes.length, initialSum));
  }

  private static String hex(int word) {
    return HexFormat.of().toHexDigits((short) word);
  }
}
