package org.podpath.experiments.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every package has its sign on the door. */
class PackageSignsTest {
  @Test
  void everyPackageSaysInPackageInfoWhatItHolds() throws IOException {
    List<Path> withoutSign = new ArrayList<>();

    for (Path sources : Production.sourceFolders()) {
      if (Files.isDirectory(sources)) {
        try (Stream<Path> folders = Files.walk(sources)) {
          folders.filter(Files::isDirectory)
              .filter(folder -> !javaFiles(folder).isEmpty())
              .filter(folder -> !javaFiles(folder).contains("package-info.java"))
              .forEach(withoutSign::add);
        }
      }
    }

    assertThat(withoutSign).as("packages without package-info.java").isEmpty();
  }

  private static List<String> javaFiles(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
