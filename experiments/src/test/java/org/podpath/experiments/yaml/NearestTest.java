package org.podpath.experiments.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  @ParameterizedTest
  @CsvSource({
      "celium, cilium",
      "Cilium, cilium",
      "cores_, cores",
      "coers, cores",
      "link_delay, link-delay",
      "speed,",
      "x,",
  })
  void aMisspelledWordIsRecognisedAndAStrangeOneIsNot(String word, String expected) {
    List<String> known = List.of("hosts", "a", "cores", "nic", "cilium", "link-delay");

    assertThat(Nearest.to(word, known).orElse(null)).isEqualTo(expected);
  }
}
