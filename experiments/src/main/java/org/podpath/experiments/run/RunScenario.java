package org.podpath.experiments.run;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.flow.FlowEngine;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.packet.PacketEngine;
import org.podpath.engine.results.RunReport;
import org.podpath.engine.traffic.Engine;
import org.podpath.engine.traffic.Protocol;
import org.podpath.experiments.capture.CaptureFile;
import org.podpath.experiments.scenario.EngineKind;
import org.podpath.experiments.scenario.Scenario;
import org.podpath.workloads.NodeAgents;
import org.podpath.workloads.Session;

/**
 * Plays one run: builds its world, starts its jobs, lets time pass, and collects what is reported.
 */
public final class RunScenario {
  private final Run run;
  private final Onlookers onlookers;
  private final Simulator simulator;
  private final List<JobLog> logs = new ArrayList<>();
  private TenantStarts starts;
  private int left;

  private RunScenario(Run run, Onlookers onlookers) {
    this.run = run;
    this.onlookers = onlookers;
    simulator = new Simulator(run.seed());
  }

  /**
   * Plays {@code run}. A failure is part of the result.
   *
   * @param onlookers of this run; trace and captures are the packet engine's alone
   */
  static RunResult play(Run run, Onlookers onlookers) {
    long startNs = System.nanoTime();
    long cpuNs = threadCpuNs();
    long allocatedBytes = threadAllocatedBytes();
    RunReport report = new RunReport();
    RunResult result;
    try {
      result = new RunScenario(run, onlookers).play(report);
    } catch (RuntimeException failure) {
      result = RunResult.failed(run, report, failure);
    }
    return result.withCost(
        new RunResult.Cost(
            System.nanoTime() - startNs,
            difference(threadCpuNs(), cpuNs),
            difference(threadAllocatedBytes(), allocatedBytes)));
  }

  private RunResult play(RunReport report) {
    Wiring wiring = new Wiring(run.point());
    Cluster cluster = wiring.cluster();
    Network network = wiring.network();
    Optional<CaptureFile> capture =
        run.point()
            .scenario()
            .capture()
            .flatMap(
                wanted -> onlookers.captures()
                    .map(file -> CaptureFile.open(file, wanted, cluster, network)));
    try {
      return play(report, wiring, cluster, network, capture);
    } finally {
      capture.ifPresent(CaptureFile::close);
    }
  }

  private RunResult play(
      RunReport report,
      Wiring wiring,
      Cluster cluster,
      Network network,
      Optional<CaptureFile> capture) {
    Scenario scenario = run.point().scenario();
    Optional<PacketEngine> packet =
        scenario.engine() == EngineKind.PACKET
            ? Optional.of(
                new PacketEngine(
                    simulator,
                    cluster,
                    network,
                    report,
                    onlookers.trace(),
                    capture.map(file -> file)))
            : Optional.empty();
    Engine engine =
        packet.isPresent() ? packet.get() : new FlowEngine(simulator, cluster, network, report);
    Protocol protocol =
        network.transport() instanceof Transport.Roce ? Protocol.ROCE : Protocol.TCP;
    NodeAgents agents =
        new NodeAgents(simulator, engine, report, cluster, wiring.ruleWriters());
    starts = new TenantStarts(simulator, scenario, cluster, agents);
    start(scenario, cluster, new Session.Factory(simulator, engine, report, protocol));
    run(engine, scenario);
    engine.end();
    capture.flatMap(CaptureFile::note).ifPresent(report::note);
    Ending ending =
        Ending.of(
            report, scenario.durationPs().isPresent(), left,
            known(wiring.warnings(cluster, network)));
    return new RunResult(
        run,
        Optional.of(cluster),
        List.copyOf(logs),
        report,
        ending,
        simulator.nowPs(),
        simulator.events(),
        packet.map(PacketEngine::packetHops),
        RunResult.Cost.UNKNOWN,
        Optional.empty());
  }

  private void run(Engine engine, Scenario scenario) {
    long endPs = scenario.durationPs().orElse(Simulator.LONGEST_RUN_PS);
    long windowPs = scenario.windowPs().orElse(endPs);
    long nextPs = Math.min(windowPs, endPs);
    simulator.runUntil(nextPs);
    while (nextPs < endPs && simulator.nowPs() == nextPs && !simulator.stopped()) {
      engine.window();
      nextPs = Math.min(nextPs + windowPs, endPs);
      simulator.runUntil(nextPs);
    }
  }

  private List<String> known(List<String> warnings) {
    List<String> known = new ArrayList<>(warnings);
    for (JobLog log : logs) {
      log.pendingReason()
          .ifPresent(why -> known.add(log.spec().name() + " is pending: it " + why));
    }
    return known;
  }

  private void start(Scenario scenario, Cluster cluster, Session.Factory sessions) {
    StartJobs jobs = new StartJobs(scenario, cluster);
    List<JobSpec> specs = JobSpec.of(scenario);
    for (JobSpec spec : specs) {
      JobLog log = new JobLog(spec, logs.size(), JobSpec.path(spec, specs), onlookers.timeline());
      logs.add(log);
      Optional<String> reason = scenario.pendingReason(spec.tenant(), spec.position());
      reason.ifPresent(log::pending);
      boolean wanted = run.alone().isEmpty() || run.alone().get().equals(spec.name());
      if (reason.isEmpty() && wanted) {
        left++;
        starts.add(
            log,
            () -> jobs.workload(spec, sessions.of(spec.name(), log), log).start(() -> done(log)));
      }
    }
    starts.begin();
  }

  /** When the last job is done the run ends: what is still on the wires is of no interest. */
  private void done(JobLog log) {
    log.done(simulator.nowPs());
    starts.done(log);
    if (--left == 0) {
      simulator.stop();
    }
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
