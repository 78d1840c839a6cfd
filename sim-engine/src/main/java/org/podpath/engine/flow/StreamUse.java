package org.podpath.engine.flow;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.podpath.engine.datapath.CoreRole;
import org.podpath.engine.datapath.Uncontended.Demand;

/** Adds up what a byte of a stream takes of each resource, and of what limits its pods. */
final class StreamUse {
  private final int sourcePod;
  private final int destinationPod;
  private final Resources numbers;

  StreamUse(int sourcePod, int destinationPod, Resources numbers) {
    this.sourcePod = sourcePod;
    this.destinationPod = destinationPod;
    this.numbers = numbers;
  }

  /** The receiver's thread comes after all that the kernel does. */
  private static Demand lastOnCpu(List<Demand> demands) {
    return demands.stream()
        .filter(Demand.OnCpu.class::isInstance)
        .reduce((before, after) -> after)
        .orElseThrow();
  }

  /**
   * In seconds of each resource.
   *
   * @param waitsForAnswers whether the links of its acknowledgements hold it back, too
   * @param cap bytes in a second that its window allows
   */
  Use of(List<Demand> demands, boolean waitsForAnswers, double cap) {
    Demand read = lastOnCpu(demands);
    TreeMap<Integer, Double> seconds = new TreeMap<>();
    for (Demand demand : demands) {
      boolean reads = demand == read;
      int pod = reads ? destinationPod : sourcePod;
      if (waitsForAnswers || !demand.answers()) {
        add(numbers.of(demand), demand, seconds);
        add(numbers.quota(demand, pod), demand, seconds);
        add(numbers.share(demand, pod, reads), demand, seconds);
      }
    }
    return new Use(
        seconds.keySet().stream().mapToInt(Integer::intValue).toArray(),
        seconds.values().stream().mapToDouble(Double::doubleValue).toArray(),
        1,
        cap);
  }

  /** The part of these amounts that no thread asks for: softirqs, cores that poll, links. */
  double[] beforeThreads(List<Demand> demands, Use use) {
    double[] seconds = use.amounts().clone();
    for (Demand demand : demands) {
      int at = Arrays.binarySearch(use.resources(), numbers.of(demand));
      if (at >= 0 && demand instanceof Demand.OnCpu cpu && cpu.segment().core() == CoreRole.APP) {
        seconds[at] = Math.max(0, seconds[at] - demand.secondsPerByte());
      }
    }
    return seconds;
  }

  private static void add(int resource, Demand demand, TreeMap<Integer, Double> seconds) {
    if (resource != Resources.NONE && demand.secondsPerByte() > 0) {
      seconds.merge(resource, demand.secondsPerByte(), Double::sum);
    }
  }
}
