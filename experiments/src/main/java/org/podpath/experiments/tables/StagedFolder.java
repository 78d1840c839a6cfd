package org.podpath.experiments.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.podpath.experiments.WrongInput;

/**
 * A folder that appears whole or not at all. It is filled beside its place as {@code .name.partial}
 * and moved there at the end; what stood there before is kept as {@code .name.replaced} in between.
 * What a killed process left of the two is put right by the next one for the same place.
 */
final class StagedFolder {
  private static final String LOCK = ".lock";

  private final Path given;
  private final Path place;
  private final Path partial;
  private final Path replaced;
  private FileChannel lock;

  /**
   * Makes the folder to fill.
   *
   * @param given the place, as the user wrote it; parents are made if need be
   * @param force whether results that stand there may be replaced
   * @throws WrongInput if there is something else, or no folder can be made
   */
  StagedFolder(Path given, boolean force) {
    this.given = given;
    this.place = resolve(given);
    if (place.getFileName() == null) {
      throw refused("is no place for results; write --out with another folder");
    }
    this.partial = place.resolveSibling("." + place.getFileName() + ".partial");
    this.replaced = place.resolveSibling("." + place.getFileName() + ".replaced");
    try {
      Files.createDirectories(partial);
      takeLock();
    } catch (IOException e) {
      throw refused(
          "cannot be made (" + Failure.reason(e) + "); write --out with another folder");
    }
    try {
      clear(partial, LOCK);
      recover();
      check(force);
      rehearse();
    } catch (IOException e) {
      discard();
      throw refused(
          "cannot be replaced (" + Failure.reason(e) + "); write --out with another folder");
    } catch (WrongInput e) {
      discard();
      throw e;
    }
  }

  /** The folder to fill. */
  Path partial() {
    return partial;
  }

  /** Puts the folder in its place. Nobody ever sees a half of it there. */
  void commit() throws IOException {
    boolean replaces = Files.exists(place);
    if (replaces) {
      move(place, replaced);
    }
    try {
      move(partial, place);
    } catch (IOException e) {
      if (replaces) {
        move(replaced, place);
      }
      throw e;
    }
    Files.deleteIfExists(place.resolve(LOCK));
    release();
    remove(replaced);
  }

  /** Removes the folder instead; what stood in its place stays. */
  void discard() {
    try {
      remove(partial);
    } finally {
      release();
    }
  }

  private static Path resolve(Path given) {
    try {
      return given.toRealPath(); // a link stays, the folder behind it is replaced
    } catch (IOException e) {
      return given.toAbsolutePath().normalize();
    }
  }

  private void takeLock() throws IOException {
    lock = FileChannel.open(
        partial.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock held;
    try {
      held = lock.tryLock();
    } catch (OverlappingFileLockException e) {
      held = null;
    }
    if (held == null) {
      lock.close();
      throw refused(
          "another run is writing there; wait for it, or write --out with another folder");
    }
  }

  /** Undoes, or ends, what a process did that was killed while it moved folders. */
  private void recover() throws IOException {
    if (!Files.exists(replaced)) {
      return;
    }
    if (Files.exists(place)) {
      clear(replaced, "");
    } else {
      move(replaced, place);
    }
  }

  private void check(boolean force) throws IOException {
    if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isDirectory(place)) {
      throw refused("is a file; write --out with a folder");
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(place)) {
      if (!entries.iterator().hasNext()) {
        return;
      }
    }
    if (!Files.exists(place.resolve(Dataset.VIEWS))) {
      throw refused("holds files that are not results; write --out with another folder");
    }
    if (!force) {
      throw refused(
          "holds results already; write --force to replace them, or --out with another folder");
    }
  }

  /** Moves away and back what stands in the place: better to fail now than after the run. */
  private void rehearse() throws IOException {
    if (Files.exists(place)) {
      move(place, replaced);
      move(replaced, place);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  private void release() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(partial + ": its lock cannot be released", e);
    }
  }

  private static void remove(Path folder) {
    try {
      clear(folder, "");
    } catch (IOException e) {
      throw new UncheckedIOException(
          folder + ": cannot be removed (" + Failure.reason(e) + "); remove it", e);
    }
  }

  /** Removes a folder and all in it, or all but one file of it; links are not followed. */
  private static void clear(Path folder, String kept) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> innermostFirst;
    try (Stream<Path> paths = Files.walk(folder)) {
      innermostFirst = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : innermostFirst) {
      boolean stays = !kept.isEmpty()
          && (path.equals(folder) || path.equals(folder.resolve(kept)));
      if (!stays) {
        Files.delete(path);
      }
    }
  }

  private WrongInput refused(String why) {
    return new WrongInput(given + ": " + why);
  }
}
