package org.podpath.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.cni.CostTable;
import org.podpath.cni.OperationCost;
import org.podpath.experiments.WrongInput;

class CostFileTest {
  private static final String HEADER = "operation,profile,unit,ns,ps_per_byte,low,high,source\n";

  @TempDir
  Path folder;

  @Test
  void rowsHaveWhatTheProductsHave() throws IOException {
    List<OperationCost> costs =
        read(HEADER + "cross veth,mine,super-packet,812.5,,800,820,\"measured\"\n"
            + "copy to user,,byte,,131,,,\n");

    assertThat(costs).extracting(OperationCost::operation)
        .containsExactly("cross veth", "copy to user");
    assertThat(costs.get(0).cost().fixedPs()).isEqualTo(812_500);
    assertThat(costs.get(0).high()).isEqualTo(820);
    assertThat(costs.get(1).cost().psPerByte()).isEqualTo(131);
    assertThat(costs.get(1).low()).isEqualTo(131);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "cross veth,,frame,1,,,, | 2: 'cross veth' is charged for a super-packet, not for 'frame'; write"
          + " the unit 'super-packet'",
      "cross veth,,super-packet,-1,,,, | 2: ns: '-1' is no cost; write a number from 0 to 1000000000",
      "cross veth,,super-packet,1,,x,, | 2: low: 'x' is no cost; write a number from 0 to 1000000000",
      "cross veth,,super-packet,1 | 2: 4 fields; write 8, as in line 1",
      "copy to user,,byte,3,,,, | 2: a cost in ns of the unit 'byte'; write it in ps_per_byte",
      ",,byte,,3,,, | 2: no operation or no unit; write both, as in 'cross veth,,super-packet,360,…'"
  })
  void aRowThatIsNoCostIsSaidWithItsLine(String row, String fault) {
    WrongInput wrong = catchThrowableOfType(WrongInput.class, () -> read(HEADER + row + "\n"));

    assertThat(wrong.lines()).containsExactly(folder.resolve("own.csv") + ":" + fault);
  }

  @Test
  void aFileWithoutAColumnOrARowIsRefused() {
    assertThat(fault("operation,unit,ns\nx,y,1\n"))
        .endsWith("own.csv:1: no column 'ps_per_byte'; write the columns " + CostFile.COLUMNS);
    assertThat(fault(HEADER))
        .endsWith("own.csv: no row; write the columns " + CostFile.COLUMNS
            + " and a row for each cost");
    assertThat(fault(HEADER + "route,,super-packet,1,,,,\nroute,,super-packet,2,,,,\n"))
        .endsWith("own.csv:3: 'route' stands in the file already; write one row for it");
  }

  private String fault(String text) {
    return catchThrowableOfType(WrongInput.class, () -> read(text)).lines().getFirst();
  }

  private List<OperationCost> read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("own.csv"), text);
    return CostFile.read(file, CostTable.of("ref"));
  }
}
