package org.podpath.experiments.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.podpath.cni.CniCatalog;
import org.podpath.cni.Kernel;
import org.podpath.cni.Profiles;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Component;
import org.podpath.engine.datapath.CoreRole;
import org.podpath.engine.datapath.Cost;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.Hook;
import org.podpath.engine.datapath.Segment;
import org.podpath.engine.datapath.Segment.Per;
import org.podpath.engine.datapath.Stage;

class PathReportTest {
  static Stream<String> profiles() {
    return Profiles.names().stream();
  }

  @Test
  void aNetworkWithoutAWayInsideTheHostTurnsRoundInTheNetworkCard() {
    assertThat(PathReport.text(CniCatalog.SRIOV, Profiles.of("seed10g"))).contains("""

        pod to pod
          pod to wire, then the network card's embedded switch (10Gbps, 500ns), then wire to pod
        """);
  }

  @ParameterizedTest
  @EnumSource(CniCatalog.class)
  void theTcpStackIsShownWhereItCostsSomething(CniCatalog network) {
    String text = PathReport.text(network, Profiles.of("ref"));

    assertThat(text.contains("copy to user"))
        .isEqualTo(network != CniCatalog.NO_HOSTS && !network.hasVerbsAlone());
    assertThat(text.contains("poll completion")).isEqualTo(network.hasVerbsAlone());
    assertThat(text.contains("costs nothing either")).isEqualTo(network == CniCatalog.NO_HOSTS);
  }

  @ParameterizedTest
  @EnumSource(CniCatalog.class)
  void everyLineFitsInto120Columns(CniCatalog network) {
    for (String profile : Profiles.names()) {
      assertThat(PathReport.text(network, Profiles.of(profile)).lines())
          .allMatch(line -> line.codePointCount(0, line.length()) <= 120)
          .noneMatch(line -> line.endsWith(" "));
    }
  }

  /** What is shown and what the engines charge come from the same stages by two ways. */
  @ParameterizedTest
  @MethodSource("profiles")
  void theSumsAreThoseOfTheEngines(String name) {
    HostProfile profile = Profiles.of(name);
    for (CniCatalog network : CniCatalog.values()) {
      Cni cni = network.plain(new Kernel(profile));
      List<Datapath> ways = new ArrayList<>(List.of(cni.send(), cni.receive()));
      cni.sameHost().ifPresent(ways::add);
      for (Datapath way : ways) {
        Segment segment = Segment.of(way, profile, CoreRole.APP).getFirst();
        PathTable table = PathTable.of(way, CoreRole.APP, "super-packet");

        assertThat(table.hostPs() * profile.slownessRatio())
            .isCloseTo(segment.ps(Per.PACKET, Component.HOST_PATH), within(1e-3));
        assertThat(table.firstOfConnectionPs() * profile.slownessRatio())
            .isCloseTo(segment.ps(Per.FIRST_PACKET), within(1e-3));
        assertThat(table.hostPs() * profile.slownessRatio() * (profile.coldRatio() - 1))
            .isCloseTo(segment.coldExtraPs(), within(1e-3));
      }
    }
  }

  @Test
  void aCostByPieceAndByByteShowsBoth() {
    Stage both = new Stage.Work(Hook.TUNNEL, "encrypt", new Cost(700_000, 85), Optional.empty());
    PathTable table = PathTable.of(Datapath.of("pod to wire", both), CoreRole.APP, "super-packet");
    PathText text = new PathText(Profiles.of("ref"));
    PathMarkdown page = new PathMarkdown();

    text.table(table);
    page.table(table);

    assertThat(text.toString()).contains("super-packet  700 + 85 ps/B  700 + 85.0 ps/B");
    assertThat(page.toString()).contains("| super-packet | 700 + 0.085/B |");
  }
}
