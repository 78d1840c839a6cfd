package org.podpath.experiments.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.podpath.experiments.yaml.InvalidParameters.Problem;
import org.podpath.experiments.yaml.Parameter;
import org.podpath.experiments.yaml.YamlPath;

/** What must hold for a job beyond its own parameters: something ends it, and it has room. */
final class JobRules {
  private final JobPods pods;
  private final Job job;
  private final YamlPath path;
  private final List<Problem> problems = new ArrayList<>();

  JobRules(JobPods pods, Job job) {
    this.pods = pods;
    this.job = job;
    path =
        new YamlPath(
            List.of(
                "tenants", pods.tenant(), "jobs", Integer.toString(pods.job()),
                Parameter.kebab(job.getClass().getSimpleName())));
  }

  /** Where the parameters of the job are written. */
  YamlPath path() {
    return path;
  }

  /** That nothing ends the job, if so. */
  List<Problem> problemsOfTime(OptionalLong durationPs) {
    switch (job) {
      case Train train when train.steps().isEmpty() && durationPs.isEmpty() -> endless("steps");
      case Serve serve when serve.requests().isEmpty() && durationPs.isEmpty() ->
          endless("requests");
      case Train train -> {} // ends, like those below
      case Serve serve -> {}
      case AllReduce reduce -> {}
      case Job.Stream stream -> {}
      case Job.RequestResponse loop -> {}
      case Datagrams datagrams -> {}
      case Incast incast -> {}
    }
    return problems;
  }

  /** That the job would wait for its hosts forever, or has hosts that do not suit it. */
  List<Problem> problemsOfSpace(Cluster cluster, Placement placement, PlacedJobs placed) {
    long gpus = (long) cluster.hostCount() * cluster.gpus();
    Optional<String> reason = placed.pendingReasonAlone(pods);
    if (pods.gpus() > gpus) {
      wrong(path.then(job instanceof Serve ? "servers" : "ranks"),
          pods.gpus() + " pods need a GPU each, and " + cluster.hostCount() + " hosts have " + gpus
              + "; write fewer, or more hosts or GPUs");
    } else if (reason.isPresent()) {
      wrong(YamlPath.of("placement"), "job " + pods.id() + " does not fit even alone: it "
          + reason.get() + "; write "
          + (placement == Placement.Rule.PACKED
              ? "'spread', or more hosts or cores"
              : "other hosts, or more GPUs"));
    } else {
      switch (job) {
        case Train train -> checkGroups(train.collective(), "collective", placed);
        case AllReduce reduce -> checkGroups(reduce.algorithm(), "algorithm", placed);
        case Serve serve -> {} // any hosts suit it, as those below
        case Job.Stream stream -> {}
        case Job.RequestResponse loop -> {}
        case Datagrams datagrams -> {}
        case Incast incast -> {}
      }
    }
    return problems;
  }

  private void endless(String key) {
    wrong(path, "neither " + key + " nor a duration of the run ends it; write " + key
        + ", or duration for the whole scenario");
  }

  private void checkGroups(Collective collective, String key, PlacedJobs placed) {
    if (collective == Collective.HIERARCHICAL
        && placed.pendingReason(pods).isEmpty()
        && placed.ranksPerHost(pods).isEmpty()) {
      wrong(path.then(key), "hierarchical ranks stand in equal groups, one host after the other;"
          + " write 'placement: packed' and ranks that fill their hosts");
    }
  }

  private void wrong(YamlPath where, String what) {
    problems.add(new Problem(where, what));
  }
}
