package org.podpath.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cards 0, 1 and 2; switches 3, 4 and 5. */
class RoutesTest {
  private static final int CARDS = 3;
  private static final int SWITCHES = 3;

  /** 0 to 3, then 4 or straight to 5, then 1: three links are fewer than four. */
  @Test
  void theShortestWayIsTakenWhateverTheRates() {
    Routes routes = routes("0-3", "3-4", "4-5", "3-5", "5-1");

    assertThat(routes.links(0, 1, 99)).containsExactly(0, 3, 4);
  }

  @Test
  void severalLinksBetweenTwoSwitchesAreSeveralWays() {
    Routes routes = routes("0-3", "3-4", "3-4", "4-1");

    assertThat(routes.choices(3, 1)).containsExactly(1, 2);
  }

  /** There is a way from 0 to 1 and none back. */
  @Test
  void aLinkLeadsOneWay() {
    Routes routes = routes("0-3", "3-1", "1-3");

    assertThat(routes.links(0, 1, 0)).containsExactly(0, 1);
    assertThat(routes.choices(1, 0)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> routes.links(1, 0, 0))
        .withMessage("no way leads from network card 1 to network card 0");
  }

  /** From 0 a way leads to 1's switch 4, but not from 3: links lead to 3 only. */
  @Test
  void aCardWithoutAWayHasNoChoice() {
    Routes routes = routes("0-3", "4-3", "4-1", "1-4");

    assertThat(routes.choices(0, 1)).isEmpty();
    assertThat(routes.choices(2, 1)).as("no link at all").isEmpty();
    assertThat(routes.choices(0, 2)).as("no link at all").isEmpty();
  }

  @Test
  void networkCardsDoNotForward() {
    Routes routes = routes("0-3", "3-2", "2-4", "4-1");

    assertThat(routes.choices(0, 1)).isEmpty();
  }

  @Test
  void twoCardsMayBeJoinedDirectly() {
    Routes routes = routes("0-1", "1-0");

    assertThat(routes.links(0, 1, 5)).containsExactly(0);
    assertThat(routes.links(1, 0, 5)).containsExactly(1);
    assertThat(routes.choices(2, 1)).isEmpty();
  }

  @Test
  void aNetworkCardHasOneLinkEachWay() {
    assertThatIllegalArgumentException().isThrownBy(() -> routes("0-3", "0-4"))
        .withMessage("network card 0 has 2 links one way; it has room for 1");
  }

  private static Routes routes(String... links) {
    List<Link> made = new ArrayList<>();
    for (String link : links) {
      String[] ends = link.split("-", -1);
      made.add(new Link(made.size(), link, Integer.parseInt(ends[0]), Integer.parseInt(ends[1]),
          1_000_000_000L, 0, 1500));
    }
    return new Routes(CARDS, SWITCHES, made);
  }
}
