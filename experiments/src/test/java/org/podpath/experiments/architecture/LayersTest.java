package org.podpath.experiments.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may use whom: arrows point one way, between modules and inside the engine. */
class LayersTest {
  /** The packages of the engine; each uses only those before it. */
  private static final List<String> ENGINE_LAYERS = List
      .of("units", "kernel", "cluster", "datapath", "traffic", "results", "packet", "flow");

  @Test
  void eachPackageOfTheEngineUsesOnlyThoseBeforeItAndTheTwoEnginesNeverEachOther() {
    LayeredArchitecture layers =
        layeredArchitecture().consideringOnlyDependenciesInAnyPackage("org.podpath.engine..")
            .withOptionalLayers(true);
    for (String layer : ENGINE_LAYERS) {
      layers = layers.layer(layer).definedBy("org.podpath.engine." + layer + "..");
    }
    for (String layer : ENGINE_LAYERS) {
      String[] before = ENGINE_LAYERS.subList(0, ENGINE_LAYERS.indexOf(layer))
          .stream()
          .filter(other -> !(layer.equals("flow") && other.equals("packet")))
          .toArray(String[]::new);
      layers = before.length == 0
          ? layers.whereLayer(layer).mayNotAccessAnyLayer()
          : layers.whereLayer(layer).mayOnlyAccessLayers(before);
    }

    layers.check(Production.CLASSES);
  }

  @Test
  void everyClassOfTheEngineLiesInOneOfItsLayers() {
    String[] layers = ENGINE_LAYERS.stream()
        .map(layer -> "org.podpath.engine." + layer + "..")
        .toArray(String[]::new);

    classes().that()
        .resideInAPackage("org.podpath.engine..")
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .resideInAnyPackage(layers)
        .check(Production.CLASSES);
  }

  @Test
  void theEngineKnowsNoModelAndOnlyTwoLibraries() {
    mayUse("org.podpath.engine..", "org.apache.commons.math3..", "org.HdrHistogram..");
  }

  @Test
  void containerNetworksKnowTheEngineButNoWorkload() {
    mayUse("org.podpath.cni..", "org.podpath.engine..", "de.siegmar.fastcsv..");
  }

  @Test
  void workloadsKnowTheEngineButNoContainerNetwork() {
    mayUse("org.podpath.workloads..", "org.podpath.engine..");
  }

  @Test
  void packagesDoNotDependOnEachOtherInACircle() {
    slices().matching("org.podpath.(**)").should().beFreeOfCycles().check(Production.CLASSES);
  }

  /** Classes in {@code module} use themselves, the JDK and {@code others}, nothing else. */
  private static void mayUse(String module, String... others) {
    classes().that()
        .resideInAPackage(module)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(module, "java..", "").or(resideInAnyPackage(others)))
        .allowEmptyShould(true)
        .check(Production.CLASSES);
  }
}
