package org.podpath.experiments.tables;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** Why the file system refused, in the few words that fit into a line. */
final class Failure {
  private Failure() {}

  /** The reason without the stack and without words of Java. */
  static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "no permission for " + denied.getFile();
      case FileAlreadyExistsException exists -> exists.getFile() + " is a file";
      case NoSuchFileException missing -> "no " + missing.getFile();
      case FileSystemException other when other.getReason() != null ->
          other.getReason().toLowerCase(Locale.ROOT) + ": " + other.getFile();
      default -> e.getMessage() == null
          ? e.getClass().getSimpleName()
          : e.getMessage().lines().findFirst().orElse("").toLowerCase(Locale.ROOT);
    };
  }
}
