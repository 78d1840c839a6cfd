package org.podpath.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One host of four cores, two pods: {@code client} on CPUs 0 and 1, {@code server} on 2 and 3. */
class ClusterTest {
  private static final double SMT_SHARE = 0.66;
  private static final HostProfile PROFILE =
      new HostProfile("any", 1, 1, 0, 0, 0, 10_000_000_000L, 9000, SMT_SHARE, 10_000_000_000L, 0);
  private static final int CLIENT = 0;
  private static final int SERVER = 1;

  @Test
  void onThePodsOwnCoresDataGoesToTheReceivingAndAcknowledgementsToTheSendingOne() {
    Cluster cluster = cluster(host(false, Receive.POD_CORE, 4));

    assertThat(cluster.softirqCpu(SERVER, false, 99)).isEqualTo(3);
    assertThat(cluster.softirqCpu(CLIENT, true, 99)).isEqualTo(0);
  }

  /** 7 mod 3 = 1; −1 mod 3 = 2, a hash has all 32 bits. */
  @Test
  void receiveQueuesAreChosenByHashAloneAndQueueIRunsOnCoreI() {
    Cluster cluster = cluster(host(false, Receive.RSS, 3));

    assertThat(cluster.softirqCpu(SERVER, false, 7)).isEqualTo(1);
    assertThat(cluster.softirqCpu(CLIENT, true, 7)).isEqualTo(1);
    assertThat(cluster.softirqCpu(SERVER, false, -1)).isEqualTo(2);
  }

  /** Of four hashes in a row two come to the CPU that serves two of four queues. */
  @Test
  void queuesInterruptTheCpusThatTheyAreGiven() {
    Host host =
        new Host(0, "host0", PROFILE, 8, true, Receive.RSS, List.of(5, 6, 5, 12), 0, 1);
    Cluster cluster = cluster(host);

    assertThat(IntStream.range(0, 4).map(hash -> cluster.softirqCpu(SERVER, false, hash)))
        .containsExactly(5, 6, 5, 12);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Host(0, "h", PROFILE, 2, false, Receive.RSS, List.of(), 0, 1))
        .withMessage("h has no receive queue");
  }

  /** A hash of 32 bits, scaled to three CPUs: thirds of all hashes go to each, whatever their last bits. */
  @Test
  void packetsAreSteeredByTheUpperBitsOfTheirHash() {
    Host host =
        new Host(
            0, "host0", PROFILE, 8, false, Receive.RSS, List.of(0), 0, 1, List.of(4, 5, 6));
    Cluster cluster = cluster(host);

    assertThat(cluster.softirqCpu(SERVER, false, -1)).isZero();
    assertThat(
        IntStream.of(0, 0x55555555, 0x55555556, 0xaaaaaaaa, 0xaaaaaaab, -1)
            .map(hash -> cluster.stackCpu(SERVER, false, 7, hash)))
                .containsExactly(4, 4, 5, 5, 6, 6);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Host(
                0, "h", PROFILE, 2, false, Receive.RSS, List.of(0), 1, 1, List.of(0, 1)))
        .withMessage("h steers packets to CPU 1, which is not free for that");
  }

  /** Of eight cores in two nodes 0 to 3 are near, with their threads 8 to 11; the last one polls. */
  @Test
  void coresOfOtherMemoryNodesAreRemoteButForThoseOfTheDatapath() {
    Host host = new Host(0, "host0", PROFILE, 8, true, Receive.POD_CORE, List.of(0), 1, 2);

    assertThat(IntStream.range(0, 16).filter(host::isRemote)).containsExactly(4, 5, 6, 12, 13, 14);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Host(0, "h", PROFILE, 2, false, Receive.POD_CORE, List.of(0), 0, 4))
        .withMessage("h has 2 cores, which 4 memory nodes cannot share equally");
  }

  @Test
  void onOneCoreEverythingRunsOnCpuZero() {
    Cluster cluster = cluster(host(false, Receive.SAME_CORE, 4));

    assertThat(cluster.softirqCpu(SERVER, false, 3)).isZero();
    assertThat(cluster.sendCpu(SERVER)).isZero();
    assertThat(cluster.receiveCpu(SERVER)).isZero();
  }

  @Test
  void cpusIAndIPlusCoresAreSiblings() {
    Host twoThreads = host(true, Receive.POD_CORE, 4);

    assertThat(twoThreads.cpus()).isEqualTo(8);
    assertThat(twoThreads.siblingOf(1)).isEqualTo(5);
    assertThat(twoThreads.siblingOf(5)).isEqualTo(1);
    assertThat(host(false, Receive.POD_CORE, 4).siblingOf(1)).isEqualTo(-1);
  }

  /** The last of four cores, its threads 3 and 7; the others are 0, 1, 2 and 4, 5, 6. */
  @Test
  void coresThatPollAreNotFree() {
    Host polling = new Host(0, "host0", PROFILE, 4, true, Receive.RSS, 3, 1);

    assertThat(IntStream.range(0, 8).filter(polling::isOfDatapath)).containsExactly(3, 7);
    assertThat(IntStream.range(0, 7).map(polling::freeCpu))
        .containsExactly(0, 1, 2, 4, 5, 6, 0);
    assertThat(polling.datapathCpu(-5)).isEqualTo(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cluster(polling, new Pod(0, "client", 0, 0, 0, 7, 0)))
        .withMessage("pod 'client' is pinned to a CPU of host0 whose core is its datapath's");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Host(0, "host0", PROFILE, 4, false, Receive.RSS, 4, 1))
        .withMessage("host0 has a receive queue that interrupts CPU 3, which is not free for that");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Host(0, "host0", PROFILE, 1, false, Receive.RSS, 1, 1))
        .withMessage("host0 has 1 cores, of which 1 cannot be its datapath's");
  }

  /** Pods 0 and 2 of a host with two such cores are polled by one of them, pod 1 by the other. */
  @Test
  void portsOfPodsAreSharedOutAmongCoresThatPoll() {
    Host polling = new Host(0, "host0", PROFILE, 4, false, Receive.RSS, 2, 2);
    Cluster cluster =
        cluster(
            polling, new Pod(0, "a", 0, 0, 0, 1, 0), new Pod(1, "b", 0, 0, 0, 1, 0),
            new Pod(2, "c", 0, 0, 0, 1, 0));

    assertThat(cluster.datapathCpu(0)).isEqualTo(2);
    assertThat(cluster.datapathCpu(1)).isEqualTo(3);
    assertThat(cluster.datapathCpu(2)).isEqualTo(2);
  }

  @Test
  void aThreadIsSlowerForAsLongAsItsSiblingHasWorkAssigned() {
    Host host = host(true, Receive.POD_CORE, 4);
    Cluster siblings =
        cluster(host, new Pod(0, "client", 0, 0, 0, 1, 0), new Pod(1, "server", 0, 0, 2, 4, 0));

    assertThat(siblings.shareRatio(host, 0)).as("4 is its sibling and receives")
        .isEqualTo(SMT_SHARE);
    assertThat(siblings.shareRatio(host, 4)).as("0 is its sibling and sends").isEqualTo(SMT_SHARE);
    assertThat(siblings.shareRatio(host, 2)).as("6 has nothing to do").isEqualTo(1);
  }

  /** Three queues run on CPUs 0, 1 and 2, so their siblings 4, 5 and 6 share a core with them. */
  @Test
  void aReceiveQueueCountsAsWorkAssigned() {
    Host host = host(true, Receive.RSS, 3);
    Cluster cluster = cluster(host, new Pod(0, "client", 0, 0, 3, 3, 0));

    assertThat(cluster.shareRatio(host, 6)).isEqualTo(SMT_SHARE);
    assertThat(cluster.shareRatio(host, 3)).isEqualTo(1);
    assertThat(cluster.shareRatio(host, 7)).isEqualTo(SMT_SHARE);
  }

  @ParameterizedTest
  @EnumSource(Receive.class)
  void withoutThreadsEveryCpuIsAWholeCore(Receive receive) {
    Host host = host(false, receive, 4);

    for (int cpu = 0; cpu < host.cpus(); cpu++) {
      assertThat(cluster(host).shareRatio(host, cpu)).isEqualTo(1);
    }
  }

  @Test
  void aPodOnACpuThatDoesNotExistIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> cluster(host(false, Receive.POD_CORE, 4), new Pod(0, "client", 0, 0, 0, 4, 0)))
        .withMessage("pod 'client' is pinned to a CPU that host0 has not (0 to 3)");
  }

  @Test
  void aHostNeedsACpuForEveryReceiveQueue() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> host(true, Receive.RSS, 9))
        .withMessage("host0 has a receive queue that interrupts CPU 8, which is not free for that");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Host(0, "host0", PROFILE, 0, false, Receive.RSS, 1))
        .withMessage("host0 has no core: 0");
  }

  @Test
  void theWayFromAHostToItselfHasANegativeIdAndTheRateOfTheEmbeddedSwitch() {
    Link hairpin = host(false, Receive.POD_CORE, 4).hairpin();

    assertThat(hairpin)
        .isEqualTo(new Link(-1, "host0.hairpin", 0, 0, 10_000_000_000L, 0, Link.ANY_MTU_BYTES));
  }

  /** Up to the switch and its latency, then down: 250 + 500 ns, 250 ns. */
  @Test
  void onOneSwitchTheWayIsUpAndDown() {
    List<Host> hosts = List.of(host(0), host(1), host(2));
    Topology topology = Topology.oneSwitch(hosts, 10_000_000_000L, 250_000, 500_000);

    assertThat(topology.routes().links(2, 0, 7)).containsExactly(2, 3);
    assertThat(topology.links().get(2))
        .isEqualTo(new Link(2, "host2.up", 2, 3, 10_000_000_000L, 750_000, Link.ANY_MTU_BYTES));
    assertThat(topology.links().get(3))
        .isEqualTo(new Link(3, "host0.down", 3, 0, 10_000_000_000L, 250_000, Link.ANY_MTU_BYTES));
  }

  private static Cluster cluster(Host host) {
    return cluster(host, new Pod(0, "client", 0, 0, 0, 1, 0), new Pod(1, "server", 0, 0, 2, 3, 0));
  }

  private static Cluster cluster(Host host, Pod... pods) {
    Topology topology = Topology.oneSwitch(List.of(host), 10_000_000_000L, 0, 0);
    return new Cluster(topology, List.of(new Tenant(0, "blue")), List.of(pods));
  }

  private static Host host(boolean smt, Receive receive, int queues) {
    return new Host(0, "host0", PROFILE, 4, smt, receive, queues);
  }

  private static Host host(int id) {
    return new Host(id, "host" + id, PROFILE, 4, false, Receive.RSS, 4);
  }
}
