package org.podpath.engine.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TournamentTest {
  @Test
  void nobodyIsFirstWhereNobodyTakesPart() {
    assertThat(new Tournament().firstKey()).isEqualTo(Tournament.ABSENT);
  }

  @Test
  void ofEqualKeysTheSmallestNumberIsFirst() {
    Tournament tournament = new Tournament();
    tournament.set(9, 5);
    tournament.set(4, 5);
    tournament.set(6, 7);

    assertThat(tournament.first()).isEqualTo(4);
  }

  /** Keys of 0 to 9 for 300 players: each time all of the smallest key, in order, until none is left. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void allOfTheSmallestKeyAreTakenAtOnce(long seed) {
    Random random = new Random(seed);
    Tournament tournament = new Tournament();
    TreeMap<Long, List<Integer>> byKey = new TreeMap<>();
    for (int player = 0; player < 300; player++) {
      long key = random.nextInt(10);
      byKey.computeIfAbsent(key, none -> new ArrayList<>()).add(player);
      tournament.set(player, key);
    }

    byKey.forEach((key, players) -> {
      assertThat(tournament.firstKey()).isEqualTo(key);
      assertThat(tournament.takeFirst()).isEqualTo(players.size());
      assertThat(IntStream.range(0, players.size()).mapToObj(tournament::taken))
          .containsExactlyElementsOf(players);
    });
    assertThat(tournament.firstKey()).isEqualTo(Tournament.ABSENT);
  }

  /** Keys set at once and keys set later, few and many, against a look at all of them. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theFirstIsTheSmallestOfAll(long seed) {
    Random random = new Random(seed);
    Tournament tournament = new Tournament();
    long[] keys = new long[300];
    Arrays.fill(keys, Tournament.ABSENT);
    for (int round = 0; round < 500; round++) {
      for (int set = random.nextInt(round % 7 == 0 ? 200 : 5); set >= 0; set--) {
        int player = random.nextInt(keys.length);
        keys[player] = random.nextInt(4) == 0 ? Tournament.ABSENT : random.nextInt(1000);
        tournament.setLater(player, keys[player]);
      }
      tournament.play();
      int player = random.nextInt(keys.length);
      keys[player] = random.nextInt(1000);
      tournament.set(player, keys[player]);

      long smallest = Arrays.stream(keys).min().orElseThrow();
      assertThat(tournament.firstKey()).isEqualTo(smallest);
      assertThat(keys[tournament.first()]).isEqualTo(smallest);
      assertThat(tournament.key(player)).isEqualTo(keys[player]);
    }
  }
}
