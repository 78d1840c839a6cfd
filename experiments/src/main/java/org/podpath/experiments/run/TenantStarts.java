package org.podpath.experiments.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.kernel.EventHandler;
import org.podpath.engine.kernel.Simulator;
import org.podpath.experiments.scenario.PodSpec;
import org.podpath.experiments.scenario.Scenario;
import org.podpath.workloads.NodeAgents;

/**
 * When the jobs of a run begin: at once where the pods of their tenant have been there for long, else when
 * these have been created and can be reached. Such pods go when all jobs of the tenant are done.
 */
final class TenantStarts {
  private final Simulator simulator;
  private final Scenario scenario;
  private final Cluster cluster;
  private final NodeAgents agents;
  private final Map<String, Tenant> tenants = new LinkedHashMap<>();

  /** A tenant with the jobs of it that are played. */
  private static final class Tenant {
    private final List<JobLog> logs = new ArrayList<>();
    private final List<EventHandler> begins = new ArrayList<>();
    private int left;
  }

  /** Without jobs. */
  TenantStarts(Simulator simulator, Scenario scenario, Cluster cluster, NodeAgents agents) {
    this.simulator = simulator;
    this.scenario = scenario;
    this.cluster = cluster;
    this.agents = agents;
  }

  /** A job, which {@code begin} sets going. */
  void add(JobLog log, EventHandler begin) {
    Tenant tenant = tenants.computeIfAbsent(log.spec().tenant(), name -> new Tenant());
    tenant.logs.add(log);
    tenant.begins.add(begin);
    tenant.left++;
  }

  /** The run begins. */
  void begin() {
    double churnPerSecond = scenario.network().rules().churnPerSecond();
    if (churnPerSecond > 0 && !tenants.isEmpty()) {
      agents.churn(churnPerSecond);
    }
    tenants.forEach((name, tenant) -> {
      OptionalLong startPs = scenario.tenants().get(name).startPs();
      if (startPs.isPresent()) {
        tenant.logs.forEach(log -> log.submitted(startPs.getAsLong()));
        simulator.after(
            startPs.getAsLong(), () -> agents.changed(pods(tenant), () -> begin(tenant)));
      }
    });
    tenants.forEach((name, tenant) -> {
      if (scenario.tenants().get(name).startPs().isEmpty()) {
        begin(tenant);
      }
    });
  }

  private void begin(Tenant tenant) {
    tenant.logs.forEach(log -> log.started(simulator.nowPs()));
    tenant.begins.forEach(EventHandler::handle);
  }

  /** A job is done. */
  void done(JobLog log) {
    String name = log.spec().tenant();
    Tenant tenant = tenants.get(name);
    if (--tenant.left == 0 && scenario.tenants().get(name).startPs().isPresent()) {
      agents.changed(pods(tenant), () -> {});
    }
  }

  private List<Pod> pods(Tenant tenant) {
    List<String> names =
        tenant.logs.stream()
            .flatMap(
                log -> scenario.pods(log.spec().tenant(), log.spec().position()).stream())
            .map(PodSpec::name)
            .distinct()
            .toList();
    return cluster.pods().stream().filter(pod -> names.contains(pod.name())).toList();
  }
}
