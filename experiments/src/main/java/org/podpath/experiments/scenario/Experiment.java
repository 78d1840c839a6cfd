package org.podpath.experiments.scenario;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A scenario file as it is run.
 *
 * @param name of the experiment and of its folder of results
 * @param file the user's, beside which {@code measured} lies
 * @param text of the scenario with the values from the command line in it: the file as it stands if
 *     there are none, else written anew under the comment that opens the file
 * @param canonicalText the same without comments and in one form, however it was written, and after
 *     it what the files of topologies and costs say that it names
 * @param points at least one
 */
public record Experiment(
    String name, Path file, String text, String canonicalText, List<Point> points) {

  public Experiment {
    points = List.copyOf(points);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("experiment '" + name + "' has no point");
    }
  }

  /** The files that its points name, by their names there; each lies beside the scenario. */
  public Map<String, Path> besides() {
    TreeMap<String, Path> besides = new TreeMap<>();
    for (Point point : points) {
      point.scenario().measured().ifPresent(name -> besides.put(name, file.resolveSibling(name)));
      point.scenario()
          .cluster()
          .costs()
          .ifPresent(name -> besides.put(name, file.resolveSibling(name)));
      if (point.scenario().cluster().fabric() instanceof FabricSpec.File drawn) {
        besides.put(drawn.name(), file.resolveSibling(drawn.name()));
      }
    }
    return besides;
  }

  /** Tells scenarios apart by what they say, not by how it is written: SHA-256 in hexadecimal. */
  public String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(canonicalText.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JVM has SHA-256", missing);
    }
  }
}
