package org.podpath.experiments.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the rules look at: the classes and the source folders of the modules that are shipped. */
final class Production {
  /** Every class of the shipped modules; read once, because that takes a second. */
  static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.podpath");

  private Production() {}

  /** The source folder of each shipped module. */
  static List<Path> sourceFolders() {
    Path root = root();
    return List.of(
        root.resolve("sim-engine/src/main/java"),
        root.resolve("models/cni/src/main/java"),
        root.resolve("models/workloads/src/main/java"),
        root.resolve("experiments/src/main/java"));
  }

  /** The checkout: the nearest folder above this one that holds the engine. */
  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("sim-engine"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("no checkout above " + Path.of("").toAbsolutePath());
      }
    }
    return folder;
  }
}
