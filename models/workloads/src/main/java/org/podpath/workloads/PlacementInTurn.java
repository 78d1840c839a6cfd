package org.podpath.workloads;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.podpath.workloads.Placement.Machines;
import org.podpath.workloads.Placement.Placed;
import org.podpath.workloads.Placement.Request;

/** Places one job after the other and knows what each has left of the machines. */
final class PlacementInTurn {
  private final Placement placement;
  private final Machines machines;
  private final int[] freeGpus;
  private final int[] freePairs;
  private final Map<String, Integer> hostByPod = new LinkedHashMap<>();
  private final Map<String, String> reasonByPendingJob = new LinkedHashMap<>();
  /** Where {@code SPREAD} goes on. */
  private int nextHost;
  /** Hosts before these are full: {@code PACKED} never frees one. */
  private int firstWithGpu;
  private int firstWithPair;

  PlacementInTurn(Placement placement, Machines machines) {
    this.placement = placement;
    this.machines = machines;
    freeGpus = new int[machines.hosts()];
    Arrays.fill(freeGpus, machines.gpusPerHost());
    freePairs = new int[machines.hosts()];
    Arrays.fill(freePairs, machines.pairsPerHost());
  }

  Placed place(List<Request> requests) {
    int from = 0;
    while (from < requests.size()) {
      String job = requests.get(from).job();
      int to = from;
      while (to < requests.size() && requests.get(to).job().equals(job)) {
        to++;
      }
      placeJob(job, requests.subList(from, to));
      from = to;
    }
    return new Placed(
        Collections.unmodifiableMap(hostByPod), Collections.unmodifiableMap(reasonByPendingJob));
  }

  private void placeJob(String job, List<Request> requests) {
    List<Request> gang =
        requests.stream().filter(request -> !hostByPod.containsKey(request.pod())).toList();
    Optional<String> reason =
        switch (placement) {
          case Placement.Rule rule -> lackByRule(rule, gang);
          case Placement.ByHand byHand -> lackByHand(byHand, gang);
        };
    if (reason.isPresent()) {
      reasonByPendingJob.put(job, reason.get());
    } else {
      gang.forEach(this::placePod);
    }
  }

  /** What is missing for a gang; empty if it fits, because its pods may go to any host. */
  private Optional<String> lackByRule(Placement.Rule rule, List<Request> gang) {
    int gpus = (int) gang.stream().filter(Request::needsGpu).count();
    int pairs = rule == Placement.Rule.PACKED ? gang.size() - gpus : 0;
    long free = sum(freeGpus);
    long freeOfPairs = sum(freePairs);
    List<String> lacks = new ArrayList<>();
    if (gpus > free) {
      lacks.add(lack(gpus, "GPU", "", free, (long) machines.hosts() * machines.gpusPerHost()));
    }
    if (pairs > freeOfPairs) {
      long all = (long) machines.hosts() * machines.pairsPerHost();
      lacks.add(lack(pairs, "pair", " of cores", freeOfPairs, all));
    }
    return lacks.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", lacks));
  }

  private Optional<String> lackByHand(Placement.ByHand byHand, List<Request> gang) {
    TreeMap<Integer, Integer> gpusByHost = new TreeMap<>();
    for (Request request : gang) {
      if (request.needsGpu()) {
        gpusByHost.merge(host(byHand, request.pod()), 1, Integer::sum);
      }
    }
    List<String> lacks = new ArrayList<>();
    gpusByHost.forEach((host, gpus) -> {
      if (gpus > freeGpus[host]) {
        lacks.add(lack(gpus, "GPU", " of host" + host, freeGpus[host], machines.gpusPerHost()));
      }
    });
    return lacks.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", lacks));
  }

  private static String lack(int needed, String thing, String whose, long free, long all) {
    return "needs " + needed + " " + thing + (needed == 1 ? "" : "s") + whose + ", " + free + " of "
        + all + (free == 1 ? " is free" : " are free");
  }

  private void placePod(Request request) {
    int host =
        switch (placement) {
          case Placement.Rule rule when rule == Placement.Rule.SPREAD -> nextHost(request);
          case Placement.Rule rule -> firstHost(request);
          case Placement.ByHand byHand -> host(byHand, request.pod());
        };
    hostByPod.put(request.pod(), host);
    if (request.needsGpu()) {
      freeGpus[host]--;
    } else {
      freePairs[host]--;
    }
  }

  private int nextHost(Request request) {
    while (request.needsGpu() && freeGpus[nextHost] == 0) {
      nextHost = (nextHost + 1) % machines.hosts();
    }
    int host = nextHost;
    nextHost = (nextHost + 1) % machines.hosts();
    return host;
  }

  private int firstHost(Request request) {
    if (request.needsGpu()) {
      while (freeGpus[firstWithGpu] == 0) {
        firstWithGpu++;
      }
      return firstWithGpu;
    }
    while (freePairs[firstWithPair] == 0) {
      firstWithPair++;
    }
    return firstWithPair;
  }

  private int host(Placement.ByHand byHand, String pod) {
    Integer host = byHand.hostByPod().get(pod);
    if (host == null || host < 0 || host >= machines.hosts()) {
      throw new IllegalArgumentException(
          "pod '" + pod + "' is placed on host " + host + " of " + machines.hosts());
    }
    return host;
  }

  private static long sum(int[] counts) {
    return Arrays.stream(counts).asLongStream().sum();
  }
}
