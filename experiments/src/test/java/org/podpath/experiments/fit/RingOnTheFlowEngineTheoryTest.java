package org.podpath.experiments.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.cni.Profiles;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.cluster.Receive;
import org.podpath.engine.cluster.Tenant;
import org.podpath.engine.cluster.Topology;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.CoreRole;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.Hook;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.Stack;
import org.podpath.engine.datapath.Stage;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.flow.FlowEngine;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.results.RunReport;
import org.podpath.engine.traffic.Connection;
import org.podpath.workloads.Collectives;
import org.podpath.workloads.JobObserver;
import org.podpath.workloads.Reduction;
import org.podpath.workloads.Session;
import org.podpath.workloads.Task;
import org.podpath.workloads.TaskList;
import org.podpath.workloads.TaskObserver;
import org.podpath.workloads.TaskRunner;

/**
 * The closed form of a ring is what the flow engine plays on hosts whose CPUs cost nothing, as
 * GPUs read and write the network by themselves, when links have the fitted α and β: within 1 %.
 */
class RingOnTheFlowEngineTheoryTest {
  private static final int RANKS = 8;

  /** About those of 8 A100 on 2 nodes with Slingshot: 1.9 us and 36 GB/s. */
  private static final LinkParameters FITTED = new LinkParameters(1.9, 1 / 36e3);

  private static final LinkType LINK =
      new LinkType("machines", "software", Operation.ALL_REDUCE, 2, RANKS);
  private static final Datapath FREE = Datapath.of("free");
  private static final Datapath TO_READER =
      Datapath.of("free", new Stage.Handoff(Hook.SOCKET, "wake the reader", CoreRole.APP));

  /** Small frames: a switch waits for the whole frame, which α does not have. */
  private static final int MTU_BYTES = 576;

  private static final int HEADER_BYTES = 52;

  /** More than any buffer here, from the first segment on: α and β know of no slow start. */
  private static final long ENDLESS_WINDOW_BYTES = 1L << 40;

  private static final int ENDLESS_SEGMENTS = 1 << 30;

  @ParameterizedTest
  @ValueSource(longs = {4096, 1 << 20, 1 << 30})
  void aRingTakesItsClosedForm(long bytes) {
    TaskList tasks = new TaskList();
    int[] ready = new int[RANKS];
    Arrays.fill(ready, TaskList.NONE);
    Collectives.ringAllReduce(tasks, RANKS, bytes, Reduction.FREE, ready);

    double playedUs = playedUs(tasks);

    double expectedUs = ClosedForm.RING.us(LINK, bytes, FITTED);
    assertThat(playedUs).isCloseTo(expectedUs, within(0.01 * expectedUs));
  }

  private static double playedUs(TaskList tasks) {
    Stack stack =
        new Stack(
            FREE, TO_READER, FREE, TO_READER, FREE, FREE, FREE, TO_READER, 0, 65_536,
            HEADER_BYTES);
    Cni cni = new Cni("free", Optional.empty(), FREE, FREE);
    Network network = new Network(
        cni, stack,
        new Transport.Tcp(Transport.Control.RENO, ENDLESS_SEGMENTS, ENDLESS_WINDOW_BYTES,
            1),
        MTU_BYTES, MTU_BYTES);
    Cluster cluster = cluster(network);
    Simulator simulator = new Simulator(1);
    RunReport report = new RunReport();
    FlowEngine engine = new FlowEngine(simulator, cluster, network, report);
    Session session = new Session.Factory(simulator, engine, report).of("ring", new Nobody());
    long[] endPs = {-1};
    new TaskRunner(session, cluster.pods(), 29_500, TaskObserver.NONE)
        .run(tasks, () -> endPs[0] = simulator.nowPs());
    simulator.runUntil(Simulator.LONGEST_RUN_PS);
    return endPs[0] / 1e6;
  }

  /** Links fast enough for headers beside β; the switch takes what the wires leave of α. */
  private static Cluster cluster(Network network) {
    double wireRatio =
        1 + (double) network.frameOverheadBytes() / network.segmentBytes();
    long bitsPerSecond = Math.round(8 * FITTED.bytesPerSecond() * wireRatio);
    List<Host> hosts =
        IntStream.range(0, RANKS)
            .mapToObj(
                rank -> new Host(
                    rank, "host" + rank, Profiles.of("ref"), 2, false, Receive.POD_CORE, 2))
            .toList();
    List<Pod> pods =
        IntStream.range(0, RANKS)
            .mapToObj(rank -> new Pod(rank, "rank" + rank, rank, 0, 0, 1, 0))
            .toList();
    long latencyPs = Math.round(1e6 * FITTED.stepUs());
    return new Cluster(
        Topology.oneSwitch(hosts, bitsPerSecond, 0, latencyPs),
        List.of(new Tenant(0, "blue")),
        pods);
  }

  /** Looks away. */
  private static final class Nobody implements JobObserver {
    @Override
    public void connected(Connection connection) {}

    @Override
    public void step(Step step) {}

    @Override
    public void collective(Collective collective) {}

    @Override
    public void request(Request request) {}

    @Override
    public void task(Task task, long startPs, long endPs) {}
  }
}
