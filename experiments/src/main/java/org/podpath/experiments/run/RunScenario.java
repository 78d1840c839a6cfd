package org.podpath.experiments.run;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.flow.FlowEngine;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.packet.PacketEngine;
import org.podpath.engine.results.RunReport;
import org.podpath.engine.results.Trace;
import org.podpath.engine.traffic.Engine;
import org.podpath.engine.traffic.Flow;
import org.podpath.experiments.scenario.EngineKind;
import org.podpath.experiments.scenario.Job;
import org.podpath.experiments.scenario.Scenario;
import org.podpath.workloads.RequestResponseJob;
import org.podpath.workloads.Session;
import org.podpath.workloads.StreamJob;

/**
 * Plays one run: builds its world, starts its jobs, lets time pass, and collects what is reported.
 */
public final class RunScenario {
  private final Run run;
  private final Optional<Trace> trace;
  private final List<JobEnd> ended = new ArrayList<>();
  private int left;

  private RunScenario(Run run, Optional<Trace> trace) {
    this.run = run;
    this.trace = trace;
  }

  /**
   * Plays {@code run}. A failure is part of the result.
   *
   * @param trace told what happens, if wanted; only the packet engine tells
   */
  public static RunResult play(Run run, Optional<Trace> trace) {
    long startNs = System.nanoTime();
    long cpuNs = threadCpuNs();
    long allocatedBytes = threadAllocatedBytes();
    RunReport report = new RunReport();
    RunResult result;
    try {
      result = new RunScenario(run, trace).play(report);
    } catch (RuntimeException failure) {
      result =
          new RunResult(
              run,
              Optional.empty(),
              List.of(),
              report,
              RunResult.FAILED,
              Optional.of(failure.toString()),
              0,
              0,
              Optional.empty(),
              new RunResult.Cost(0, Optional.empty(), Optional.empty()));
    }
    RunResult.Cost cost =
        new RunResult.Cost(
            System.nanoTime() - startNs,
            difference(threadCpuNs(), cpuNs),
            difference(threadAllocatedBytes(), allocatedBytes));
    return new RunResult(
        result.run(),
        result.cluster(),
        result.jobs(),
        result.report(),
        result.status(),
        result.message(),
        result.simulatedPs(),
        result.events(),
        result.packetHops(),
        cost);
  }

  private RunResult play(RunReport report) {
    Scenario scenario = run.point().scenario();
    Wiring wiring = new Wiring(run.point());
    Cluster cluster = wiring.cluster();
    Network network = wiring.network();
    Simulator simulator = new Simulator(run.seed());
    Optional<PacketEngine> packet =
        scenario.engine() == EngineKind.PACKET
            ? Optional.of(new PacketEngine(simulator, cluster, network, report, trace))
            : Optional.empty();
    Engine engine =
        packet.isPresent() ? packet.get() : new FlowEngine(simulator, cluster, network, report);
    start(scenario, simulator, cluster, new Session(simulator, engine, report));
    simulator.runUntil(scenario.durationPs().orElse(Simulator.LONGEST_RUN_PS));
    engine.end();
    List<String> messages = new ArrayList<>(wiring.warnings());
    messages.addAll(report.notes());
    String status = RunResult.OK;
    if (left > 0 && scenario.durationPs().isEmpty()) {
      status = RunResult.STUCK;
      messages.add(left + " jobs were not done when nothing was left to happen");
    } else if (!report.outsideValidity().isEmpty()) {
      status = RunResult.OUTSIDE_VALIDITY;
      messages.addAll(report.outsideValidity());
    }
    return new RunResult(
        run,
        Optional.of(cluster),
        List.copyOf(ended),
        report,
        status,
        messages.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", messages)),
        simulator.nowPs(),
        simulator.events(),
        packet.map(PacketEngine::packetHops),
        new RunResult.Cost(0, Optional.empty(), Optional.empty()));
  }

  private void start(Scenario scenario, Simulator simulator, Cluster cluster, Session session) {
    TreeMap<String, Pod> pods = new TreeMap<>();
    cluster.pods().forEach(pod -> pods.put(pod.name(), pod));
    scenario
        .tenants()
        .forEach(
            (tenant, spec) -> {
              for (int position = 0; position < spec.jobs().size(); position++) {
                left++;
                int index = ended.size();
                Job job = spec.jobs().get(position);
                String name = tenant + "/" + position;
                ended.add(new JobEnd(name, tenant, job, -1));
                job(job, session, pods)
                    .start(() -> done(index, new JobEnd(name, tenant, job, simulator.nowPs()),
                        simulator));
              }
            });
  }

  /** When the last job is done the run ends: what is still on the wires is of no interest. */
  private void done(int index, JobEnd end, Simulator simulator) {
    ended.set(index, end);
    if (--left == 0) {
      simulator.stop();
    }
  }

  private static org.podpath.workloads.Job job(
      Job job, Session session, TreeMap<String, Pod> pods) {
    return switch (job) {
      case Job.Stream stream ->
          new StreamJob(
              session,
              pods.get(stream.from()),
              pods.get(stream.to()),
              stream.flows(),
              stream.bytes().orElse(Flow.ENDLESS_BYTES),
              stream.durationPs().orElse(Flow.NEVER_PS));
      case Job.RequestResponse loop ->
          new RequestResponseJob(
              session,
              pods.get(loop.from()),
              pods.get(loop.to()),
              loop.bytes(),
              loop.count());
    };
  }

  private static long threadCpuNs() {
    return ManagementFactory.getThreadMXBean().isCurrentThreadCpuTimeSupported()
        ? ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()
        : -1;
  }

  private static long threadAllocatedBytes() {
    return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
        && threads.isThreadAllocatedMemorySupported()
            ? threads.getCurrentThreadAllocatedBytes()
            : -1;
  }

  private static Optional<Long> difference(long after, long before) {
    return after < 0 || before < 0 ? Optional.empty() : Optional.of(after - before);
  }
}
