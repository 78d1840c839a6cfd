package org.podpath.engine.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.podpath.engine.TwoHosts;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Cost;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.HandMade;
import org.podpath.engine.datapath.Hook;
import org.podpath.engine.datapath.Lookup;
import org.podpath.engine.datapath.Stage;

class TrackedConnectionsTest {
  private static final long SECOND_PS = 1_000_000_000_000L;
  /** Pods 0 and 1 are on host 0, pods 2 and 3 on host 1. */
  private static final Cluster CLUSTER = new TwoHosts(TwoHosts.Kind.FLOW).cluster;

  @Test
  void aTableTakesWhatItHasRoomFor() {
    TrackedConnections tracked = tracked(100, 98);

    assertThat(tracked.open(0, 0)).isTrue();
    assertThat(tracked.open(1, 0)).isTrue();
    assertThat(tracked.open(0, 0)).isFalse();
    assertThat(tracked.open(2, 0)).as("another host has a table of its own").isTrue();
    assertThat(tracked.notes()).containsExactly(
        "host0: first packets of new connections found its conntrack table full 1 times; it takes"
            + " 100");
  }

  /** TIME_WAIT: 120 s; more than 16 close so that the ring grows while its start has moved on. */
  @Test
  void whatWasClosedStaysForTwoMinutes() {
    TrackedConnections tracked = tracked(40, 0);
    for (int i = 0; i < 40; i++) {
      assertThat(tracked.open(0, i * SECOND_PS)).isTrue();
      tracked.close(0, i * SECOND_PS);
    }

    assertThat(tracked.open(0, 120 * SECOND_PS - 1)).isFalse();
    assertThat(tracked.open(0, 120 * SECOND_PS)).isTrue();
    assertThat(tracked.open(0, 120 * SECOND_PS)).isFalse();
    assertThat(tracked.open(0, 139 * SECOND_PS)).isTrue();
    for (int i = 0; i < 30; i++) {
      tracked.close(0, 140 * SECOND_PS);
    }
    assertThat(tracked.open(0, 259 * SECOND_PS)).isTrue();
  }

  @Test
  void withoutATableEverythingFits() {
    TrackedConnections tracked = new TrackedConnections(CLUSTER, HandMade.cni(50, 4));

    for (int i = 0; i < 1_000; i++) {
      assertThat(tracked.open(0, 0)).isTrue();
    }
    tracked.close(0, 0);
    assertThat(tracked.notes()).isEmpty();
  }

  private static TrackedConnections tracked(long most, long entries) {
    Lookup table =
        new Lookup.ConnectionTable(
            1, "conntrack", 0, new Lookup.Connections(most, most, entries), 30_000);
    Stage hook = new Stage.Work(Hook.PREROUTING, "hook", Cost.NONE, Optional.of(table));
    Cni cni =
        new Cni("tracks", Optional.empty(), Datapath.of("out", hook), Datapath.of("in", hook));
    return new TrackedConnections(CLUSTER, cni);
  }
}
