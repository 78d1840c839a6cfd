package org.podpath.experiments.run;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.results.CpuTime;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.engine.results.LinkUse;
import org.podpath.engine.results.RunReport.Latency;
import org.podpath.experiments.scenario.Experiment;
import org.podpath.experiments.scenario.Scenario;
import org.podpath.experiments.tables.ExecutionRow;
import org.podpath.experiments.tables.FlowRow;
import org.podpath.experiments.tables.HostCpuRow;
import org.podpath.experiments.tables.LatencyRow;
import org.podpath.experiments.tables.LinkRow;
import org.podpath.experiments.tables.RunRow;

/** The rows of all tables that a run gives. */
final class RunRows {
  private static final long PS_PER_NS = 1000;

  private final Experiment experiment;
  private final ThisProgram program;

  RunRows(Experiment experiment, ThisProgram program) {
    this.experiment = experiment;
    this.program = program;
  }

  /**
   * Gives {@code sink} the rows of {@code result}, one after the other: all of them take more memory
   * than what they tell.
   *
   * @param alone runs of its jobs alone
   */
  void of(RunResult result, List<RunResult> alone, Consumer<Record> sink) {
    sink.accept(run(result));
    sink.accept(execution(result));
    new JobRows(result, alone).rows().forEach(sink);
    result.cluster().ifPresent(cluster -> report(result, cluster, sink));
  }

  private void report(RunResult result, Cluster cluster, Consumer<Record> sink) {
    for (FinishedFlow flow : result.report().flows()) {
      sink.accept(flow(result, cluster, flow));
    }
    for (Latency latency : result.report().latencies()) {
      sink.accept(latency(result, cluster, latency));
    }
    for (CpuTime time : result.report().cpuTimes()) {
      sink.accept(cpu(result, cluster, time));
    }
    for (LinkUse use : result.report().links()) {
      sink.accept(link(result, use));
    }
  }

  private RunRow run(RunResult result) {
    Scenario scenario = result.run().point().scenario();
    return new RunRow(
        result.run().id(),
        experiment.name(),
        result.run().point().index(),
        result.run().repeat(),
        result.run().seed(),
        Wiring.lowerCase(scenario.engine()),
        scenario.cluster().profile(),
        experiment.sha256(),
        params(result.run()),
        result.status(),
        result.message().orElse(null),
        roundedNs(result.simulatedPs()),
        result.events(),
        result.packetHops().orElse(null));
  }

  /** What the sweep set, and of a job alone its name. */
  private static Map<String, String> params(Run run) {
    Map<String, String> params = new TreeMap<>(run.point().params());
    run.alone().ifPresent(job -> params.put("alone", job));
    return params;
  }

  private ExecutionRow execution(RunResult result) {
    return new ExecutionRow(
        result.run().id(),
        program.version(),
        program.gitCommit().orElse(null),
        program.gitDirty().orElse(null),
        program.jvm(),
        program.machine(),
        result.cost().wallNs(),
        result.cost().cpuNs().orElse(null),
        result.cost().allocatedBytes().orElse(null),
        ThisProgram.peakResidentBytes().orElse(null));
  }

  private static FlowRow flow(RunResult result, Cluster cluster, FinishedFlow flow) {
    long tookPs = flow.endPs() - flow.startPs();
    boolean measured = flow.complete() && flow.deliveredBytes() > 0;
    boolean paced = flow.flow().pace().isPresent(); // it would take as long alone
    Long idealPs = measured && !paced ? flow.idealPs() : null;
    return new FlowRow(
        result.run().id(),
        flow.flow().id(),
        cluster.tenants().get(cluster.pods().get(flow.flow().sourcePod()).tenant()).name(),
        cluster.pods().get(flow.flow().sourcePod()).name(),
        cluster.pods().get(flow.flow().destinationPod()).name(),
        flow.deliveredBytes(),
        roundedNs(flow.startPs()),
        measured ? roundedNs(tookPs) : null,
        idealPs == null ? null : roundedNs(idealPs),
        idealPs == null ? null : tookPs / (double) idealPs,
        measured ? Math.round(flow.deliveredBytes() * 8e12 / tookPs) : null,
        flow.retransmissions().isPresent() ? flow.retransmissions().getAsLong() : null,
        flow.encapsulationBytes(),
        null,
        null);
  }

  private static LatencyRow latency(RunResult result, Cluster cluster, Latency latency) {
    Histogram ns = latency.ns();
    boolean quantiles = !result.status().equals(RunResult.OUTSIDE_VALIDITY);
    Optional<Quantiles> of = quantiles ? Optional.of(new Quantiles(ns)) : Optional.empty();
    return new LatencyRow(
        result.run().id(),
        latency.key().tenant() == CpuTime.NOBODY
            ? null
            : cluster.tenants().get(latency.key().tenant()).name(),
        latency.key().path(),
        latency.key().metric(),
        ns.getTotalCount(),
        Math.round(ns.getMean()),
        of.flatMap(q -> q.at(0.5)).orElse(null),
        of.flatMap(q -> q.at(0.9)).orElse(null),
        of.flatMap(q -> q.at(0.99)).orElse(null),
        of.flatMap(q -> q.at(0.999)).orElse(null),
        of.flatMap(q -> q.at(0.9999)).orElse(null),
        ns.getMaxValue(),
        of.flatMap(q -> q.low(0.99)).orElse(null),
        of.flatMap(q -> q.high(0.99)).orElse(null),
        of.flatMap(q -> q.low(0.5)).orElse(null),
        of.flatMap(q -> q.high(0.5)).orElse(null),
        of.flatMap(q -> q.low(0.9)).orElse(null),
        of.flatMap(q -> q.high(0.9)).orElse(null),
        of.flatMap(q -> q.low(0.999)).orElse(null),
        of.flatMap(q -> q.high(0.999)).orElse(null),
        of.flatMap(q -> q.low(0.9999)).orElse(null),
        of.flatMap(q -> q.high(0.9999)).orElse(null),
        encoded(ns));
  }

  private static byte[] encoded(Histogram histogram) {
    ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
    int length = histogram.encodeIntoByteBuffer(buffer);
    byte[] bytes = new byte[length];
    buffer.flip().get(bytes);
    return bytes;
  }

  private static HostCpuRow cpu(RunResult result, Cluster cluster, CpuTime time) {
    return new HostCpuRow(
        result.run().id(),
        cluster.topology().hosts().get(time.host()).name(),
        time.cpu(),
        time.tenant() == CpuTime.NOBODY ? null : cluster.tenants().get(time.tenant()).name(),
        Wiring.lowerCase(time.component()).replace('_', '-'),
        roundedNs(time.windowStartPs()),
        roundedNs(time.windowPs()),
        roundedNs(time.busyPs()),
        time.packets(),
        time.bytes());
  }

  private static LinkRow link(RunResult result, LinkUse use) {
    double linkPs = use.sentBytes() * 8e12 / use.link().bitsPerSecond();
    return new LinkRow(
        result.run().id(),
        use.link().name(),
        roundedNs(use.windowStartPs()),
        roundedNs(use.windowPs()),
        use.sentBytes(),
        use.windowPs() > 0 ? linkPs / use.windowPs() : null,
        use.mostQueuedBytes(),
        use.droppedFrames(),
        use.markedFrames(),
        roundedNs(use.pausedPs()));
  }

  private static long roundedNs(long ps) {
    return Math.floorDiv(ps + PS_PER_NS / 2, PS_PER_NS);
  }
}
