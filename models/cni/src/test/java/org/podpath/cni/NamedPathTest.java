package org.podpath.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.CoreRole;
import org.podpath.engine.datapath.Match;
import org.podpath.engine.datapath.Segment;
import org.podpath.engine.datapath.Segment.Per;
import org.podpath.engine.datapath.Stage;

class NamedPathTest {
  private static final HostProfile PROFILE = Profiles.of("ref");
  private static final Kernel KERNEL = new Kernel(PROFILE);

  @Test
  void aChainCostsItsHopsTimesTheirNumber() {
    double one = packetPs(new PathStep.Chain(PathStep.Hop.BRIDGE, 1));

    // cross bridge 430 and cross second veth 180
    assertThat(one).isEqualTo(610_000);
    assertThat(packetPs(new PathStep.Chain(PathStep.Hop.BRIDGE, 8))).isEqualTo(8 * one);
  }

  /** ref overrides the default of an address mismatch by 20 ns; 152 bytes each fit half a megabyte. */
  @ParameterizedTest
  @CsvSource({"LEGACY, 1000, 20000", "NFT, 1000, 4200", "NFT_NATIVE, 1000, 4200"})
  void rulesCostWhatTheirDataplaneTakesForEach(Dataplane dataplane, int count, long ns) {
    assertThat(packetPs(new PathStep.Rules(dataplane, Match.ADDRESS_MISMATCH, count, false)))
        .isEqualTo(ns * 1000);
  }

  /** 5,000 rules of 152 bytes do not fit half a megabyte: each takes 2.8 and 0.55 ns then. */
  @Test
  void rulesThatOutgrowTheCacheCostMore() {
    Kernel kernel = new Kernel(PROFILE, CostTable.of("no profile"));

    assertThat(packetPs(kernel, rules(2000))).isEqualTo(2000 * 2_800);
    assertThat(packetPs(kernel, rules(5000))).isEqualTo(5000 * 3_350);
  }

  @Test
  void aTunnelBringsItsHeadersAndTakesThemOffAgain() {
    Cni cni =
        NamedPath.network(
            KERNEL, Optional.empty(), stages("VXLAN encapsulate"), stages("VXLAN decapsulate"));

    assertThat(cni.send().headerBytes()).isEqualTo(50);
    assertThat(cni.receive().headerBytes()).isEqualTo(-50);
  }

  @Test
  void anOperationOfANewConnectionIsPaidByItsFirstPacketAlone() {
    Segment segment = segment(KERNEL, new PathStep.Operation("confirm conntrack entry"));

    assertThat(segment.ps(Per.PACKET)).isZero();
    assertThat(segment.ps(Per.FIRST_PACKET)).isEqualTo(2_380_000);
  }

  /** 120 ns for an entry that the drop frees again, for every packet; 2,380 more where it is kept. */
  @Test
  void whatIsDroppedBeforeItsConnectionIsConfirmedPaysForTheEntryAlone() {
    PathStep allocate = new PathStep.Operation("allocate conntrack entry");
    PathStep confirm = new PathStep.Operation("confirm conntrack entry");
    PathStep drop = new PathStep.Operation("drop");

    assertThat(segment(KERNEL, allocate, drop, confirm).ps(Per.PACKET)).isEqualTo(120_000);
    assertThat(segment(KERNEL, allocate, confirm, drop).ps(Per.PACKET)).isEqualTo(2_500_000);
    assertThat(segment(KERNEL, allocate, confirm).ps(Per.FIRST_PACKET)).isEqualTo(2_500_000);
  }

  @Test
  void rulesForNewConnectionsAreWalkedByTheirFirstPacketAlone() {
    Segment segment =
        segment(KERNEL, new PathStep.Rules(Dataplane.NFT, Match.ADDRESS_MISMATCH, 100, true));

    assertThat(segment.ps(Per.PACKET)).isZero();
    assertThat(segment.ps(Per.FIRST_PACKET)).isEqualTo(420_000);
  }

  @Test
  void everyOperationThatIsListedCanBeAStep() {
    List<String> operations = NamedPath.operations(CostTable.of("ref"));

    assertThat(operations).contains("cross veth", "route", "netfilter hook").isNotEmpty();
    for (String operation : operations) {
      assertThat(stages(operation)).as(operation).isNotEmpty();
    }
  }

  @Test
  void anOperationWithoutACostIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> stages("VXLAN warp"))
        .withMessageStartingWith("no cost for 'VXLAN warp' in kernel-costs.csv; add a row");
  }

  @Test
  void whatEveryStackIsChargedForAlreadyIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> stages("send call"))
        .withMessageStartingWith(
            "'send call' is no step of a path: it is charged for a call of 64 KiB already; write one"
                + " of [Calico from-workload program");
    assertThatIllegalArgumentException().isThrownBy(() -> stages("TCP input"));
  }

  @Test
  void nothingIsWalkedOrSearchedLessThanOnce() {
    assertThatIllegalArgumentException().isThrownBy(() -> rules(0))
        .withMessage("0 rules; write at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PathStep.Search(SetKind.NFT_HASH_SET, 0, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PathStep.Chain(PathStep.Hop.ROUTER, 0));
  }

  private static PathStep.Rules rules(int count) {
    return new PathStep.Rules(Dataplane.LEGACY, Match.ADDRESS_MISMATCH, count, false);
  }

  private static List<Stage> stages(String operation) {
    return NamedPath.stages(new PathStep.Operation(operation), KERNEL);
  }

  private static double packetPs(PathStep step) {
    return packetPs(KERNEL, step);
  }

  private static double packetPs(Kernel kernel, PathStep step) {
    return segment(kernel, step).ps(Per.PACKET);
  }

  private static Segment segment(Kernel kernel, PathStep... steps) {
    List<Stage> stages =
        Arrays.stream(steps).flatMap(step -> NamedPath.stages(step, kernel).stream()).toList();
    Cni cni = NamedPath.network(kernel, Optional.of(stages), List.of(), List.of());
    return Segment.of(cni.sameHost().orElseThrow(), PROFILE, CoreRole.APP).getFirst();
  }
}
