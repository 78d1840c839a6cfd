package org.podpath.experiments.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import org.junit.jupiter.api.Test;

/** Engine and models compute; what goes to a screen or a file passes through experiments. */
class OnlyExperimentsSpeakTest {
  @Test
  void onlyExperimentsPrint() {
    engineAndModels().should().accessField(System.class, "out").check(Production.CLASSES);
    engineAndModels().should().accessField(System.class, "err").check(Production.CLASSES);
    engineAndModels().should()
        .callMethod(Throwable.class, "printStackTrace")
        .check(Production.CLASSES);
    engineAndModels().should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.logging..", "org.slf4j..")
        .check(Production.CLASSES);
  }

  /** A resource of the module is no file: it comes as a stream from the class path. */
  @Test
  void onlyExperimentsTouchFiles() {
    engineAndModels().should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.io\\.(File.*|RandomAccessFile)|java\\.nio\\.(file|channels)\\..*")
        .check(Production.CLASSES);
  }

  private static GivenClassesConjunction engineAndModels() {
    return noClasses().that().resideOutsideOfPackage("org.podpath.experiments..");
  }
}
