package org.podpath.experiments.run;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which program runs where.
 *
 * @param gitCommit of the checkout it was built in; empty outside one
 * @param gitDirty whether that had uncommitted changes
 */
public record ThisProgram(
    String version,
    Optional<String> gitCommit,
    Optional<Boolean> gitDirty,
    String jvm,
    String machine) {

  /** This one. */
  public static ThisProgram here() {
    Optional<String> commit = git("rev-parse", "HEAD");
    return new ThisProgram(
        currentVersion(),
        commit,
        commit.isEmpty() ? Optional.empty() : git("status", "--porcelain").map(s -> !s.isEmpty()),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        machineName());
  }

  /** Version of Podpath; {@code development} outside a jar. */
  public static String currentVersion() {
    String version = ThisProgram.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** The checkout whose {@code ./podpath} was called. */
  public static Optional<Path> checkout() {
    return Optional.ofNullable(System.getProperty("podpath.checkout")).map(Path::of);
  }

  /**
   * The scenarios that come with Podpath: in the checkout, relative to here where that is shorter.
   */
  public static Path scenarios() {
    return ofCheckout(Path.of("experiments", "scenarios"));
  }

  /** The paths of measurements between network namespaces that come with Podpath. */
  public static Path namespacePaths() {
    return ofCheckout(Path.of("experiments", "calibration", "namespaces.yaml"));
  }

  private static Path ofCheckout(Path below) {
    Path here = Path.of("").toAbsolutePath();
    return checkout()
        .map(folder -> here.equals(folder.toAbsolutePath()) ? below : folder.resolve(below))
        .orElse(below);
  }

  /** Largest resident memory of this process so far, where the system tells. */
  static Optional<Long> peakResidentBytes() {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return Optional.empty();
    }
    try {
      return Files.readAllLines(status)
          .stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<String> git(String... arguments) {
    return checkout().flatMap(folder -> git(folder, arguments));
  }

  private static Optional<String> git(Path folder, String... arguments) {
    List<String> command = new java.util.ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (InputStream out = process.getInputStream()) {
        String text = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.waitFor() == 0 ? Optional.of(text) : Optional.empty();
      }
    } catch (IOException noGit) {
      return Optional.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static String machineName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "unknown";
    }
  }
}
