package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.podpath.engine.cluster.Blueprint;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.cluster.Receive;
import org.podpath.engine.cluster.Tenant;
import org.podpath.engine.cluster.Topology;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Cost;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.Hook;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.Stage;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.kernel.RandomStream;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.queueing.BatchMeans;
import org.podpath.engine.results.SeenFrame;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Flow;
import org.podpath.engine.traffic.Pace;
import org.podpath.engine.traffic.Protocol;

/**
 * Datagrams that come to a receive queue as a Poisson process, alone or together, and are taken by polls:
 * within 3 % of the closed form, and the 99 % confidence interval is no wider. A wait is the time from
 * the end of the link to the socket, but for the frame's own passage. Senders and readers cost nothing,
 * a byte takes a picosecond on a link, and rings have room for all.
 *
 * <p>Sources: L. Kleinrock, "Queueing Systems", volume 1, section 5.6 (M/G/1); H. Takagi, "Queueing
 * Analysis", volume 1, chapter 1 (batches); P. D. Welch, "On a generalized M/G/1 queuing process in
 * which the first customer of each busy period receives exceptional service", Operations Research 12,
 * 1964.
 */
class ReceiveQueueTheoryTest {
  private static final int SMALL_BYTES = 100;
  private static final int LARGE_BYTES = 1000;
  private static final long FIXED_PS = 800_000;
  private static final long PS_PER_BYTE = 2_000;
  private static final double SMALL_PS = FIXED_PS + SMALL_BYTES * PS_PER_BYTE;
  private static final double LARGE_PS = FIXED_PS + LARGE_BYTES * PS_PER_BYTE;
  private static final double PRECISION_RATIO = 0.03;

  private final Simulator simulator = new Simulator(1);
  private final ArrayDeque<Long> arrivedAtPs = new ArrayDeque<>();
  private final RandomStream gaps = simulator.random("gaps");
  private final RandomStream sizes = simulator.random("sizes");
  private final Connection connection = new Connection(0, 0, 1, Protocol.UDP, 40_000, 5201);
  private long flows;

  /**
   * Polls take frames as they come, so a card that does not wait is an M/G/1 queue: λ E[S²] / 2(1 − ρ).
   * Frames take 1 µs, and where one in five is large, 0.8 · 1 + 0.2 · 2.8 µs in the mean.
   */
  @ParameterizedTest
  @CsvSource({"0, 0.3, 12000", "0, 0.8, 30000", "0.2, 0.6, 20000"})
  void framesWaitForPollsAsPollaczekAndKhinchineSay(double large, double load, int batch) {
    double meanPs = (1 - large) * SMALL_PS + large * LARGE_PS;
    double squarePs = (1 - large) * SMALL_PS * SMALL_PS + large * LARGE_PS * LARGE_PS;

    BatchMeans waits = simulate(new Arrivals(meanPs / load, 1, large), 0, 0, batch);

    assertHolds(waits, load / meanPs * squarePs / (2 * (1 - load)));
  }

  /**
   * Four frames that come at once: ρ E[S] / 2(1 − ρ) + (E[X²] / E[X] − 1) E[S] / 2(1 − ρ), of which the
   * last factor is 16/4 − 1 = 3.
   */
  @ParameterizedTest
  @CsvSource({"0.3, 12000", "0.7, 24000"})
  void framesThatComeTogetherWaitAsTheFormOfBatchesSays(double load, int batch) {
    BatchMeans waits = simulate(new Arrivals(4 * SMALL_PS / load, 4, 0), 0, 0, batch);

    assertHolds(waits, (load + 3) * SMALL_PS / (2 * (1 - load)));
  }

  /**
   * A queue that was quiet begins to be served after D: the card's timer and the hard interrupt. Those
   * who come then wait too, so that all wait (2 D + λ D²) / 2(1 + λ D) longer in the mean.
   */
  @ParameterizedTest
  @CsvSource({
      "11000000, 900000, 0.3, 8000", "11000000, 900000, 0.8, 20000", "0, 900000, 0.6, 12000",
      "50000000, 0, 0.5, 12000"})
  void aTimerAndTheInterruptAddTheWaitOfAServerThatHasToBeSetUp(
      long timerPs, long interruptPs, double load, int batch) {
    BatchMeans waits =
        simulate(new Arrivals(SMALL_PS / load, 1, 0), timerPs, interruptPs, batch);

    double perPs = load / SMALL_PS;
    double setUpPs = timerPs + interruptPs;
    double moderatedPs = (2 * setUpPs + perPs * setUpPs * setUpPs) / (2 * (1 + perPs * setUpPs));
    assertHolds(waits, load * SMALL_PS / (2 * (1 - load)) + moderatedPs);
  }

  private record Arrivals(double meanGapPs, int together, double largeRatio) {}

  private BatchMeans simulate(Arrivals arrivals, long timerPs, long interruptPs, int batch) {
    BatchMeans waits =
        new BatchMeans(
            batch, 30, batchPs -> Arrays.stream(batchPs).average().orElseThrow(),
            simulator::stop);
    Topology topology = topology();
    Cluster cluster =
        new Cluster(
            topology, List.of(new Tenant(0, "blue")),
            List.of(new Pod(0, "sender", 0, 0, 0, 1, 0), new Pod(1, "reader", 1, 0, 0, 1, 0)));
    int down = topology.links().getLast().id();
    PacketEngine engine =
        new PacketEngine(
            simulator, cluster, network(timerPs, interruptPs), new Nobody(), Optional.empty(),
            Optional.of((nowPs, link, frame) -> note(nowPs, link == down, frame)));
    arrive(engine, arrivals, waits);
    simulator.runUntil(Simulator.LONGEST_RUN_PS);
    return waits;
  }

  private void note(long nowPs, boolean atReceiver, SeenFrame frame) {
    if (atReceiver) {
      arrivedAtPs.add(nowPs + FIXED_PS + frame.payloadBytes() * PS_PER_BYTE);
    }
  }

  private void arrive(PacketEngine engine, Arrivals arrivals, BatchMeans waits) {
    for (int i = 0; i < arrivals.together; i++) {
      boolean large = sizes.nextDouble() < arrivals.largeRatio;
      Pace pace = Pace.every(large ? LARGE_BYTES : SMALL_BYTES, 0);
      Flow datagram =
          new Flow(
              flows++, connection, false, pace.datagramBytes(), Flow.NEVER_PS, Optional.of(pace),
              false, false);
      engine.start(
          datagram, () -> waits.departed(simulator.nowPs() - arrivedAtPs.removeFirst()));
    }
    simulator.after(
        Math.round(gaps.exponential(arrivals.meanGapPs)), () -> arrive(engine, arrivals, waits));
  }

  private static void assertHolds(BatchMeans waits, double waitPs) {
    assertThat(waits.mean()).isCloseTo(waitPs, within(PRECISION_RATIO * waitPs));
    assertThat(waits.halfWidth()).isLessThanOrEqualTo(PRECISION_RATIO * waitPs);
  }

  /** Two hosts that take frames on CPU 0 and read them on CPU 1. */
  private static Topology topology() {
    HostProfile free =
        new HostProfile("free", 1, 1, 0, 0, 0, 10_000_000_000L, 9000, 1, 10_000_000_000L, 0);
    List<Host> hosts =
        List.of(
            new Host(0, "host0", free, 2, false, Receive.RSS, 1),
            new Host(1, "host1", free, 2, false, Receive.RSS, 1));
    Blueprint blueprint = new Blueprint(hosts, 1);
    int center = blueprint.addSwitch("switch0", 0, PortQueues.ENDLESS);
    for (int host = 0; host < 2; host++) {
      blueprint.link("host" + host + ".up", host, center, Wires.cable(8_000_000_000_000L, 0));
    }
    for (int host = 0; host < 2; host++) {
      blueprint.link("host" + host + ".down", center, host, Wires.cable(8_000_000_000_000L, 0));
    }
    return blueprint.topology();
  }

  private static Network network(long timerPs, long interruptPs) {
    Datapath receive =
        Datapath.of(
            "wire to pod",
            new Stage.Delay(Hook.INTERRUPT, "moderation", timerPs),
            work(Hook.INTERRUPT, new Cost(interruptPs, 0)),
            work(Hook.BRIDGE, new Cost(FIXED_PS, PS_PER_BYTE)));
    Cni cni = new Cni("one stage", Optional.empty(), Datapath.of("pod to wire"), receive);
    return new Network(
        cni, FreeHosts.network(Transport.Tcp.LINUX).stack(), Transport.Tcp.LINUX, 1500, 1500);
  }

  private static Stage work(Hook hook, Cost cost) {
    return new Stage.Work(hook, hook + " work", cost, Optional.empty());
  }
}
