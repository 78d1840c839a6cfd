package org.podpath.experiments.capture;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.results.FrameTap;
import org.podpath.engine.results.SeenFrame;
import org.podpath.experiments.scenario.Capture;
import org.podpath.experiments.yaml.InvalidParameters;

/** Writes the frames of a run that cross certain links, up to a certain number of them. */
public final class CaptureFile implements FrameTap, Closeable {
  private final Path file;
  private final Pcapng out;
  private final FrameImage image;
  private final int mostFrames;
  private final Map<Integer, Integer> interfaceOfLink = new HashMap<>();
  private long seenFrames;

  private CaptureFile(Path file, Pcapng out, FrameImage image, int mostFrames) {
    this.file = file;
    this.out = out;
    this.image = image;
    this.mostFrames = mostFrames;
  }

  /**
   * Checks that {@code wanted} can be captured, as {@link #open} does.
   *
   * @throws InvalidParameters with every name that no link has, or if the network adds headers that
   *     no capture can show, as seen from the scenario
   */
  public static void check(
      Capture wanted, Cluster cluster, Network network) {
    CapturedLinks.of(wanted.links(), cluster, network);
    try {
      Layer.around(network);
    } catch (IllegalArgumentException unknown) {
      throw new InvalidParameters("network.cni", String.valueOf(unknown.getMessage()));
    }
  }

  /**
   * A capture without frames.
   *
   * @param file to write; one that is there is replaced
   * @throws UncheckedIOException if it cannot be written
   */
  public static CaptureFile open(
      Path file,
      Capture wanted,
      Cluster cluster,
      Network network) {
    List<Link> links = CapturedLinks.of(wanted.links(), cluster, network);
    try {
      Pcapng out =
          new Pcapng(
              new BufferedOutputStream(Files.newOutputStream(file)),
              Math.toIntExact(wanted.snaplenBytes()));
      CaptureFile capture =
          new CaptureFile(file, out, new FrameImage(cluster, network), wanted.frames());
      for (Link link : links) {
        capture.interfaceOfLink.put(link.id(), capture.interfaceOfLink.size());
        out.addInterface(link.name(), link.bitsPerSecond());
      }
      return capture;
    } catch (IOException unwritable) {
      throw cannotBeWritten(file, unwritable);
    }
  }

  @Override
  public void frame(long nowPs, int link, SeenFrame frame) {
    Integer at = interfaceOfLink.get(link);
    if (at == null || seenFrames++ >= mostFrames) {
      return;
    }
    try {
      out.frame(at, nowPs, image.of(nowPs, frame));
    } catch (IOException unwritable) {
      throw cannotBeWritten(file, unwritable);
    }
  }

  /** What the reader of the file should know of what is not in it; empty if all is. */
  public Optional<String> note() {
    if (seenFrames == 0) {
      return Optional.of("no frame crossed the captured links");
    }
    return seenFrames <= mostFrames
        ? Optional.empty()
        : Optional.of(
            "the capture holds the first " + mostFrames + " of " + seenFrames + " frames");
  }

  /**
   * Ends the file.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException unwritable) {
      throw cannotBeWritten(file, unwritable);
    }
  }

  private static UncheckedIOException cannotBeWritten(Path file, IOException why) {
    return new UncheckedIOException(
        file + ": cannot be written (" + why.getMessage() + "); make room", why);
  }
}
