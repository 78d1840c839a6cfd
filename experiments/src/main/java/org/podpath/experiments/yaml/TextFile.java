package org.podpath.experiments.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.podpath.experiments.WrongInput;

/** Text from a file that a user named. */
public final class TextFile {
  private static final int MOST_BYTES = 4_000_000;

  private TextFile() {}

  /**
   * What is in {@code file}, without a byte order mark.
   *
   * @param kind what the file should be, such as {@code scenario}
   * @throws WrongInput if it is not there, too large or not UTF-8
   */
  public static String read(Path file, String kind) {
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw wrong(file, "more than " + MOST_BYTES + " bytes; write a smaller " + kind);
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (NoSuchFileException missing) {
      throw wrong(file, "no such file; write the path of a " + kind);
    } catch (AccessDeniedException denied) {
      throw wrong(file, "may not be read; give yourself the right to read it");
    } catch (CharacterCodingException notText) {
      throw wrong(file, "not UTF-8 text; write the path of a " + kind);
    } catch (IOException unreadable) {
      String what = Files.isDirectory(file) ? "a folder" : "unreadable: " + unreadable.getMessage();
      throw wrong(file, what + "; write the path of a " + kind);
    }
  }

  private static WrongInput wrong(Path file, String what) {
    return new WrongInput(file + ": " + what);
  }
}
