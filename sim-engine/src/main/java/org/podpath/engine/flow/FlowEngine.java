package org.podpath.engine.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.Uncontended;
import org.podpath.engine.datapath.Uncontended.Step;
import org.podpath.engine.kernel.Entity;
import org.podpath.engine.kernel.EventHandler;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.results.CpuMeter;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.engine.results.Recorder;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Engine;
import org.podpath.engine.traffic.Flow;

/**
 * Computes the rates of streams and the times of messages; one event for each that starts or ends.
 */
public final class FlowEngine implements Engine, Entity {
  private static final double PS_PER_SECOND = 1e12;

  /** Frames in one poll (Linux NAPI weight), which the flows of a core share. */
  private static final int POLL_FRAMES = 64;

  private final Simulator simulator;
  private final Cluster cluster;
  private final Network network;
  private final Recorder recorder;
  private final CpuMeter meter;
  private final Resources resources;
  private final int id;
  private final TreeMap<Long, Direction> directions = new TreeMap<>();
  private final List<Stream> streams = new ArrayList<>();
  private final CpuState[] cpus;
  private final int[] streamsOn;
  private long progressedPs;

  /**
   * An engine with nothing under way.
   *
   * @param recorder told of every flow that ends, and at the end of what the CPUs did
   */
  public FlowEngine(Simulator simulator, Cluster cluster, Network network, Recorder recorder) {
    this.simulator = simulator;
    this.cluster = cluster;
    this.network = network;
    this.recorder = recorder;
    meter = new CpuMeter(cluster);
    resources = new Resources(cluster);
    streamsOn = new int[resources.count()];
    cpus = new CpuState[resources.count()];
    for (Host host : cluster.topology().hosts()) {
      for (int cpu = 0; cpu < host.cpus(); cpu++) {
        cpus[resources.cpu(host, cpu)] = new CpuState(host.profile().coldIdlePs());
      }
    }
    id = simulator.register(this);
  }

  @Override
  public void start(Flow flow, EventHandler delivered) {
    Direction direction = direction(flow);
    if (flow.bytes() <= network.stack().superPacketBytes()) {
      startMessage(flow, direction, delivered);
      return;
    }
    Stream stream = new Stream(flow, delivered, direction, simulator.nowPs());
    direction.waiting.add(stream);
    if (direction.waiting.peek() == stream) {
      begin(stream);
    }
    if (flow.untilPs() != Flow.NEVER_PS) {
      simulator.after(flow.untilPs() - simulator.nowPs(), () -> timeUp(stream));
    }
  }

  private Direction direction(Flow flow) {
    long key = 2L * flow.connection().id() + (flow.reverse() ? 1 : 0);
    return directions.computeIfAbsent(
        key,
        k -> {
          Connection connection = flow.connection();
          return new Direction(
              new Uncontended(
                  cluster,
                  network,
                  flow.sourcePod(),
                  flow.destinationPod(),
                  connection.flowHash(flow.reverse()),
                  connection.flowHash(!flow.reverse())),
              meter,
              cluster.pods().get(flow.sourcePod()).tenant(),
              flow.reverse());
        });
  }

  private void begin(Stream stream) {
    progress();
    streams.add(stream);
    solve();
  }

  private void timeUp(Stream stream) {
    if (stream.over) {
      return;
    }
    progress();
    boolean running = streams.remove(stream);
    stream.direction.waiting.remove(stream);
    finish(stream, stream.flow.bytes() - Math.round(stream.leftBytes));
    if (running) {
      next(stream.direction);
      solve();
    }
  }

  /** Streams end, and what they leave is shared anew. */
  @Override
  public void wake(int entity) {
    progress();
    List<Stream> ended = streams.stream().filter(s -> s.endPs <= simulator.nowPs()).toList();
    streams.removeAll(ended);
    for (Stream stream : ended) {
      stream.moved(stream.leftBytes);
      stream.direction.waiting.remove(stream);
      next(stream.direction);
      long lastFramePs = stream.direction.uncontended().messagePs(network.segmentBytes());
      simulator.after(lastFramePs, () -> finish(stream, stream.flow.bytes()));
    }
    solve();
  }

  private void next(Direction direction) {
    Stream next = direction.waiting.peek();
    if (next != null && !streams.contains(next)) {
      streams.add(next);
    }
  }

  private void finish(Stream stream, long deliveredBytes) {
    if (!stream.over) {
      stream.over = true;
      record(stream, deliveredBytes, true);
      stream.delivered.handle();
    }
  }

  private void record(Stream stream, long deliveredBytes, boolean complete) {
    record(stream.flow, stream.direction, stream.startPs, simulator.nowPs(), deliveredBytes,
        complete);
  }

  private void record(
      Flow flow, Direction direction, long startPs, long endPs, long bytes, boolean complete) {
    Uncontended way = direction.uncontended();
    long frames = way.local() ? 0 : Math.ceilDiv(bytes, (long) network.segmentBytes());
    int wrappedBytes = network.cni().send().headerBytes() + network.cni().send().tagBytes();
    long idealPs = bytes == 0 ? 0 : way.idealPs(bytes);
    recorder.flow(
        new FinishedFlow(flow, startPs, endPs, bytes, complete, idealPs, frames * wrappedBytes));
  }

  /** Moves every stream on to now at the rate that held since the last change. */
  private void progress() {
    double elapsedSeconds = (simulator.nowPs() - progressedPs) / PS_PER_SECOND;
    progressedPs = simulator.nowPs();
    for (Stream stream : streams) {
      stream.moved(Math.min(stream.leftBytes, stream.bytesPerSecond * elapsedSeconds));
    }
  }

  private void solve() {
    Arrays.fill(streamsOn, 0);
    for (Stream stream : streams) {
      if (stream.resources.length == 0) {
        stream.demand(POLL_FRAMES, resources);
      }
      for (int resource : stream.resources) {
        streamsOn[resource]++;
      }
    }
    for (Stream stream : streams) {
      stream.demand(Math.max(1, POLL_FRAMES / Math.max(1, flowsInPoll(stream))), resources);
    }
    int[][] used = streams.stream().map(s -> s.resources).toArray(int[][]::new);
    double[][] use = streams.stream().map(s -> s.use).toArray(double[][]::new);
    double[] capacities = new double[resources.count()];
    Arrays.fill(capacities, 1);
    double[] rates = MaxMinSolver.rates(capacities, used, use);
    long nextPs = Long.MAX_VALUE;
    for (int i = 0; i < rates.length; i++) {
      Stream stream = streams.get(i);
      stream.bytesPerSecond = rates[i];
      double leftPs = Math.ceil(stream.leftBytes / rates[i] * PS_PER_SECOND);
      stream.endPs =
          leftPs < Simulator.LONGEST_RUN_PS ? simulator.nowPs() + (long) leftPs : Long.MAX_VALUE;
      nextPs = Math.min(nextPs, stream.endPs);
    }
    loadCpus();
    if (nextPs == Long.MAX_VALUE) {
      simulator.cancel(id);
    } else {
      simulator.wake(id, nextPs);
    }
  }

  /** Flows whose frames interleave in the polls of the stream's softirq core. */
  private int flowsInPoll(Stream stream) {
    Uncontended way = stream.direction.uncontended();
    return streamsOn[resources.cpu(way.destination(), way.softirqCpu())];
  }

  private void loadCpus() {
    for (CpuState cpu : cpus) {
      if (cpu != null) {
        cpu.streamUtilisation = 0;
        cpu.streamPacketsPerPs = 0;
      }
    }
    for (Stream stream : streams) {
      for (int i = 0; i < stream.resources.length; i++) {
        CpuState cpu = cpus[stream.resources[i]];
        if (cpu != null) {
          cpu.streamUtilisation =
              Math.min(1, cpu.streamUtilisation + stream.use[i] * stream.bytesPerSecond);
          cpu.streamPacketsPerPs +=
              stream.bytesPerSecond / network.stack().superPacketBytes() / PS_PER_SECOND;
        }
      }
    }
  }

  private void startMessage(Flow flow, Direction direction, EventHandler delivered) {
    long nowPs = simulator.nowPs();
    long atPs = nowPs;
    boolean crowded = false;
    for (Step step : direction.uncontended().messageSteps(flow.bytes(), findsCold(direction))) {
      switch (step) {
        case Step.Wait wait -> atPs += wait.delayPs();
        case Step.Pass pass -> {
          int resource = resources.cpu(pass.host(), pass.cpu());
          CpuState cpu = cpus[resource];
          crowded |= streamsOn[resource] > 0 || cpu.beginsPs(atPs) > atPs;
          long beginsPs = cpu.beginsPs(atPs);
          double coldRatio = cpu.coldRatio(beginsPs, pass.sends());
          atPs = beginsPs + Math.round(direction.chargedPs(pass, coldRatio));
          cpu.leaves(atPs);
        }
      }
    }
    if (crowded || linkShared(direction)) {
      recorder.outsideValidity(
          "messages share cores or links with other flows; the flow engine does not model how long"
              + " they wait, so their quantiles are left out");
    }
    direction.connected();
    long endPs = atPs;
    simulator.after(
        endPs - nowPs,
        () -> {
          record(flow, direction, nowPs, endPs, flow.bytes(), true);
          delivered.handle();
        });
  }

  /** Whether a message that is sent now will find the receiving core cold. */
  private boolean findsCold(Direction direction) {
    Uncontended way = direction.uncontended();
    CpuState cpu = cpus[resources.cpu(way.destination(), way.softirqCpu())];
    return cpu.coldAt(simulator.nowPs() + way.messagePs(1));
  }

  private boolean linkShared(Direction direction) {
    return direction.uncontended()
        .links()
        .stream()
        .anyMatch(link -> streamsOn[resources.link(link)] > 0);
  }

  @Override
  public void end() {
    progress();
    for (Direction direction : directions.values()) {
      for (Stream stream : direction.waiting) {
        record(stream, stream.flow.bytes() - Math.round(stream.leftBytes), false);
      }
    }
    meter.report(recorder);
  }
}
