package org.podpath.engine.results;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.HdrHistogram.Histogram;
import org.podpath.engine.cluster.Pod;

/** Keeps everything that one run reports in memory. */
public final class RunReport implements Recorder {
  private static final long PS_PER_NS = 1000;
  private static final int SIGNIFICANT_DIGITS = 3;
  private static final String LOADED_ROUND_TRIP = "loaded_rtt";

  private final List<FinishedFlow> flows = new ArrayList<>();
  private final List<CpuTime> cpuTimes = new ArrayList<>();
  private final TreeMap<LatencyKey, Histogram> latencies = new TreeMap<>(LatencyKey.ORDER);
  /** By the ids of two pods: many are recorded, so that nothing is put together for one. */
  private final TreeMap<Long, RoundTrips> roundTrips = new TreeMap<>();
  private final List<LinkUse> links = new ArrayList<>();
  private final List<QueueUse> queues = new ArrayList<>();
  private final List<String> unfinished = new ArrayList<>();
  private final List<String> inVain = new ArrayList<>();
  private final TreeSet<String> stuck = new TreeSet<>();
  private final TreeSet<String> notes = new TreeSet<>();
  private final TreeSet<String> beyond = new TreeSet<>();

  /** What a latency is of. */
  public record LatencyKey(int tenant, String path, String metric) {
    private static final Comparator<LatencyKey> ORDER =
        Comparator.comparingInt(LatencyKey::tenant)
            .thenComparing(LatencyKey::path)
            .thenComparing(LatencyKey::metric);
  }

  /** Observations of one latency, in nanoseconds. */
  public record Latency(LatencyKey key, Histogram ns) {}

  private record RoundTrips(Pod source, Pod destination, Histogram ns) {
    LatencyKey key() {
      String path = source.name() + " > " + destination.name();
      return new LatencyKey(source.tenant(), path, LOADED_ROUND_TRIP);
    }
  }

  @Override
  public void flow(FinishedFlow flow) {
    flows.add(flow);
  }

  @Override
  public void latency(int tenant, String path, String metric, long latencyPs) {
    latencies
        .computeIfAbsent(
            new LatencyKey(tenant, path, metric), key -> new Histogram(SIGNIFICANT_DIGITS))
        .recordValue(roundedNs(latencyPs));
  }

  @Override
  public void loadedRoundTrip(Pod source, Pod destination, long roundTripPs) {
    roundTrips
        .computeIfAbsent(
            (long) source.id() << Integer.SIZE | destination.id(),
            ids -> new RoundTrips(source, destination, new Histogram(SIGNIFICANT_DIGITS))).ns
                .recordValue(roundedNs(roundTripPs));
  }

  private static long roundedNs(long ps) {
    return Math.floorDiv(ps + PS_PER_NS / 2, PS_PER_NS);
  }

  @Override
  public void cpu(CpuTime time) {
    cpuTimes.add(time);
  }

  @Override
  public void link(LinkUse use) {
    links.add(use);
  }

  @Override
  public void queue(QueueUse use) {
    queues.add(use);
  }

  @Override
  public void unfinished(String what, boolean isInVain) {
    unfinished.add(what);
    if (isInVain) {
      inVain.add(what);
    }
  }

  @Override
  public void stuck(String why) {
    stuck.add(why);
  }

  @Override
  public void note(String what) {
    notes.add(what);
  }

  @Override
  public void outsideValidity(String why) {
    beyond.add(why);
  }

  /** Flows in the order in which they ended. */
  public List<FinishedFlow> flows() {
    return List.copyOf(flows);
  }

  /** CPU times by host, CPU, tenant and component. */
  public List<CpuTime> cpuTimes() {
    return List.copyOf(cpuTimes);
  }

  /** Latencies by tenant, path and metric. */
  public List<Latency> latencies() {
    TreeMap<LatencyKey, Histogram> all = new TreeMap<>(latencies);
    for (RoundTrips between : roundTrips.values()) {
      all.merge(between.key(), between.ns, RunReport::together);
    }
    return all.entrySet().stream().map(e -> new Latency(e.getKey(), e.getValue())).toList();
  }

  private static Histogram together(Histogram one, Histogram other) {
    Histogram sum = one.copy();
    sum.add(other);
    return sum;
  }

  /** What links did, in the order in which they were first used. */
  public List<LinkUse> links() {
    return List.copyOf(links);
  }

  /** What receive queues did, by host and CPU; empty where none were played. */
  public List<QueueUse> queues() {
    return List.copyOf(queues);
  }

  /** Flows that were under way when the run ended. */
  public List<String> unfinished() {
    return List.copyOf(unfinished);
  }

  /** Those of them whose sender has sent the same again and again, and heard nothing. */
  public List<String> inVain() {
    return List.copyOf(inVain);
  }

  /** Why the run could not go on; empty when it could. */
  public Collection<String> stuck() {
    return List.copyOf(stuck);
  }

  /** What the reader of the result should know. */
  public Collection<String> notes() {
    return List.copyOf(notes);
  }

  /** Why parts of the result lie outside the engine's validity; empty when all is well. */
  public Collection<String> outsideValidity() {
    return List.copyOf(beyond);
  }
}
