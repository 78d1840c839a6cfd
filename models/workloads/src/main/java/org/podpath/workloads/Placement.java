package org.podpath.workloads;

import java.util.List;
import java.util.Map;

/**
 * Pods to hosts. A job is a gang: all its pods get a host, or none does and it stays pending.
 *
 * <p>A GPU belongs to one pod. Pods without one take a pair of cores each; only {@link Rule#PACKED}
 * counts those, the others may put any number of them on a host.
 */
public sealed interface Placement {

  /** Hosts by rule, pods taken in the order of the requests. */
  enum Rule implements Placement {
    /** Each pod on the next host, round and round; for a GPU, the next with a free one. */
    SPREAD,

    /** Each pod on the first host with a free GPU, or with a free pair of cores. */
    PACKED
  }

  /**
   * Hosts by hand.
   *
   * @param hostByPod a host for every pod
   */
  record ByHand(Map<String, Integer> hostByPod) implements Placement {}

  /**
   * A pod that a job asks for. Jobs of a tenant may share a pod; the first that can be placed
   * places it.
   *
   * @param job that it belongs to; requests of a job stand together
   */
  record Request(String pod, String job, boolean needsGpu) {}

  /** Hosts that are all alike. */
  record Machines(int hosts, int gpusPerHost, int coresPerHost) {
    public Machines {
      if (hosts < 1 || gpusPerHost < 0 || coresPerHost < 1) {
        throw new IllegalArgumentException(
            hosts + " hosts of " + gpusPerHost + " GPUs and " + coresPerHost
                + " cores cannot run pods");
      }
    }

    /** Pods that need no GPU on a packed host: one for each pair of cores, at least one. */
    public int pairsPerHost() {
      return Math.max(1, coresPerHost / 2);
    }
  }

  /**
   * Who runs where.
   *
   * @param hostByPod from 0; pods of pending jobs alone are not in it
   * @param reasonByPendingJob what the job needs and what is free, in words
   */
  record Placed(Map<String, Integer> hostByPod, Map<String, String> reasonByPendingJob) {}

  /**
   * Places jobs one after the other, each beside those before it. The same requests always get the
   * same hosts.
   *
   * @throws IllegalArgumentException if a pod that is placed by hand has no host among the machines
   */
  default Placed place(List<Request> requests, Machines machines) {
    return new PlacementInTurn(this, machines).place(requests);
  }
}
