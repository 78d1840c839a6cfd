package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineTest {
  /** Joining is twice as likely as leaving, so that it grows from any place of its round. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void whatJoinsLeavesAndIsTakenOutStandsAsInAList(int seed) {
    Random random = new Random(seed);
    ArrayList<Object> expected = new ArrayList<>();
    Line<Object> line = new Line<>();

    for (int step = 0; step < 500; step++) {
      int choice = random.nextInt(7);
      if (choice < 4 || expected.isEmpty()) {
        Object joining = new Object();
        expected.add(joining);
        line.add(joining);
      } else if (choice == 4) {
        assertThat(line.removeFirst()).isSameAs(expected.remove(0));
      } else if (choice == 5) {
        Object one = expected.remove(random.nextInt(expected.size()));
        line.remove(one);
      } else {
        line.remove(new Object());
      }

      assertThat(all(line)).containsExactlyElementsOf(expected);
      assertThat(line.isEmpty()).isEqualTo(expected.isEmpty());
    }
    line.clear();
    assertThat(line.isEmpty()).isTrue();
  }

  private static ArrayList<Object> all(Line<Object> line) {
    ArrayList<Object> all = new ArrayList<>();
    for (int i = 0; i < line.size(); i++) {
      all.add(line.get(i));
    }
    return all;
  }
}
