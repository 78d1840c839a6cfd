package org.podpath.experiments.run;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.traffic.Flow;
import org.podpath.experiments.scenario.AllReduce;
import org.podpath.experiments.scenario.Arrivals;
import org.podpath.experiments.scenario.Collective;
import org.podpath.experiments.scenario.Datagrams;
import org.podpath.experiments.scenario.Incast;
import org.podpath.experiments.scenario.Job;
import org.podpath.experiments.scenario.Scenario;
import org.podpath.experiments.scenario.Serve;
import org.podpath.experiments.scenario.Train;
import org.podpath.experiments.scenario.Variation;
import org.podpath.workloads.Algorithm;
import org.podpath.workloads.AsynchronousTrainingJob;
import org.podpath.workloads.DatagramJob;
import org.podpath.workloads.DatagramLoad;
import org.podpath.workloads.IncastJob;
import org.podpath.workloads.Reduction;
import org.podpath.workloads.RequestResponseJob;
import org.podpath.workloads.ServingJob;
import org.podpath.workloads.ServingPlan;
import org.podpath.workloads.Session;
import org.podpath.workloads.StreamJob;
import org.podpath.workloads.TrainingJob;
import org.podpath.workloads.TrainingPlan;

/** Makes workloads out of the jobs of a scenario. */
final class StartJobs {
  /** assumption: a GPU adds received gradients at 200 GB/s. */
  private static final Reduction ON_GPU = new Reduction(5);

  private final Scenario scenario;
  private final TreeMap<String, Pod> pods = new TreeMap<>();

  StartJobs(Scenario scenario, Cluster cluster) {
    this.scenario = scenario;
    cluster.pods().forEach(pod -> pods.put(pod.name(), pod));
  }

  /** The workload of {@code spec}, whose pods have all been placed. */
  org.podpath.workloads.Job workload(JobSpec spec, Session session, JobLog log) {
    List<Pod> placed = new ArrayList<>();
    scenario
        .pods(spec.tenant(), spec.position())
        .forEach(pod -> placed.add(pods.get(pod.name())));
    int ranksPerHost = scenario.ranksPerHost(spec.tenant(), spec.position()).orElse(1);
    return switch (spec.job()) {
      case Job.Stream stream ->
          new StreamJob(
              session,
              placed.get(0),
              placed.get(1),
              stream.flows(),
              stream.bytes().orElse(Flow.ENDLESS_BYTES),
              stream.durationPs().orElse(Flow.NEVER_PS));
      case Job.RequestResponse loop ->
          new RequestResponseJob(
              session, log.path(), placed.get(0), placed.get(1), loop.bytes(), loop.count(),
              loop.connect(), loop.protocol() == Job.Carried.UDP);
      case Train train -> training(train, ranksPerHost, session, placed, log);
      case AllReduce collective ->
          new TrainingJob(session, plan(collective, ranksPerHost), placed, log);
      case Datagrams datagrams ->
          new DatagramJob(
              session, placed.get(0), placed.get(1), load(datagrams));
      case Incast incast ->
          new IncastJob(
              session, log.path(), placed.getFirst(), placed.subList(1, placed.size()),
              incast.bytes(), incast.rounds());
      case Serve serve ->
          new ServingJob(
              session,
              plan(serve),
              log.path(),
              placed.subList(serve.servers(), placed.size()),
              placed.subList(0, serve.servers()),
              log);
    };
  }

  private org.podpath.workloads.Job training(
      Train train, int ranksPerHost, Session session, List<Pod> placed, JobLog log) {
    TrainingPlan plan =
        new TrainingPlan(
            train.ranks(),
            train.serverCount(),
            algorithm(train.collective()),
            train.gradientBytes(),
            train.stepComputePs(),
            train.synchronous(),
            train.bucketSizeBytes(),
            train.steps().orElse(Long.MAX_VALUE),
            train.variation() == Variation.EXPONENTIAL,
            ranksPerHost,
            ON_GPU);
    return train.synchronous()
        ? new TrainingJob(session, plan, placed, log)
        : new AsynchronousTrainingJob(session, plan, placed, log);
  }

  /** A collective by itself: training that computes nothing. */
  private static TrainingPlan plan(AllReduce collective, int ranksPerHost) {
    return new TrainingPlan(
        collective.ranks(),
        collective.serverCount(),
        algorithm(collective.algorithm()),
        collective.bytes(),
        0,
        true,
        0,
        collective.repeat(),
        false,
        ranksPerHost,
        ON_GPU);
  }

  private static DatagramLoad load(Datagrams datagrams) {
    return new DatagramLoad(
        Math.toIntExact(datagrams.sizeBytes()),
        datagrams.gapPs(),
        datagrams.arrivals() == Datagrams.Gaps.POISSON,
        datagrams.totalBytes(),
        datagrams.paced() ? Flow.NEVER_PS : datagrams.durationPs().orElse(Flow.NEVER_PS));
  }

  private static ServingPlan plan(Serve serve) {
    return new ServingPlan(
        serve.ratePerSecond(),
        serve.arrivals() == Arrivals.BURSTY,
        serve.requestBytes(),
        serve.replyBytes(),
        serve.servicePs(),
        serve.requests().orElse(Long.MAX_VALUE));
  }

  private static Algorithm algorithm(Collective collective) {
    return Algorithm.valueOf(collective.name());
  }
}
