package org.podpath.workloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModelTableTest {

  /** 25,557,032 parameters of 4 bytes; 256 images at 1200 images/s take 213,333 us. */
  @Test
  void resnet50SharesItsParametersInFp32() {
    Model resnet50 = ModelTable.of("resnet50");

    assertThat(resnet50.gradientBytes()).isEqualTo(25_557_032L * 4);
    assertThat(resnet50.computePs()).hasValue(213_333_000_000L);
    assertThat(resnet50.batch()).hasValue(256);
    assertThat(resnet50.summary()).startsWith(
        "102.2 MB of gradients, 213.3 ms per step of 256 on V100 16 GB AMP. torchvision");
  }

  @Test
  void aModelMayHaveNoComputeTime() {
    assertThat(ModelTable.of("llama-7b").computePs()).isEmpty();
    assertThat(ModelTable.of("llama-7b").summary())
        .startsWith("13476.0 MB of gradients, no compute time. Touvron");
  }

  @Test
  void namesAreUnique() {
    assertThat(ModelTable.names()).doesNotHaveDuplicates()
        .contains("resnet50", "resnet50-v100-fp32", "resnet50-a100", "bert-large", "gpt2-xl");
  }

  @ParameterizedTest
  @MethodSource("org.podpath.workloads.ModelTable#names")
  void everyModelHasASourceAndTwoOrFourBytesForEachParameter(String name) {
    Model model = ModelTable.of(name);

    assertThat(model.source()).isNotBlank();
    assertThat(model.gradientBytes())
        .isIn(2 * model.parameters(), 4 * model.parameters());
  }

  @Test
  void anUnknownModelIsNamedWithThoseThereAre() {
    assertThatIllegalArgumentException().isThrownBy(() -> ModelTable.of("resnet"))
        .withMessage("no model 'resnet' in models.csv; add a row, or use one of "
            + ModelTable.names());
  }

  @Test
  void aRowIsAModel() {
    assertThat(ModelTable.model("m,8,2,3,4,a GPU,a paper")).isEqualTo(
        new Model("m", 8, 2, OptionalLong.of(3_000_000), OptionalInt.of(4), "a GPU", "a paper"));
    assertThat(ModelTable.model("m,8,2,,,,a paper")).isEqualTo(
        new Model("m", 8, 2, OptionalLong.empty(), OptionalInt.empty(), "", "a paper"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "m,8,2,3,4,a GPU | 'm,8,2,3,4,a GPU' has 6 fields; write"
          + " name,gradient_bytes,parameters,compute_us,batch,gpu,source",
      "m,0,2,3,4,a GPU,x | model 'm' of 2 parameters has 0 bytes of gradients and computes for"
          + " OptionalLong[3000000] ps",
      "m,8,2,3,,a GPU,x | model 'm' needs compute time, batch and GPU, or none of them",
      "m,8,2,3,4,,x | model 'm' needs compute time, batch and GPU, or none of them",
  })
  void aWrongRowSaysWhatIsWrong(String row, String message) {
    assertThatIllegalArgumentException().isThrownBy(() -> ModelTable.model(row))
        .withMessage(message);
  }
}
