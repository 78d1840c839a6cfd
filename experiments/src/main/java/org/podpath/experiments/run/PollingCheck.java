package org.podpath.experiments.run;

import java.util.ArrayList;
import java.util.List;
import org.podpath.engine.datapath.Network;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.scenario.Cluster;
import org.podpath.experiments.scenario.Point;

/** What must hold between the cores of a point and those that its datapath has for itself. */
final class PollingCheck {
  private final Point point;
  private final Network network;
  private final List<String> faults = new ArrayList<>();

  PollingCheck(Point point, Network network) {
    this.point = point;
    this.network = network;
  }

  /** Cores of each host that poll, or run vhost threads. */
  static int cores(Point point, Network network) {
    return needed(network) ? point.scenario().network().pollers().orElse(1) : 0;
  }

  private static boolean needed(Network network) {
    return network.cni().polls() || network.cni().crossesVhost();
  }

  /**
   * Looks at everything.
   *
   * @throws WrongInput with what is wrong
   */
  void check() {
    String name = point.scenario().network().name();
    if (!needed(network)) {
      if (point.scenario().network().pollers().isPresent()) {
        wrong("network.pollers", "pollers: no core polls for " + name
            + "; leave it out, or write another cni");
      }
    } else {
      checkCores(network.cni().polls() ? name + " polls on" : "vhost threads run on",
          cores(point, network));
    }
    if (!faults.isEmpty()) {
      throw new WrongInput(faults);
    }
  }

  private void checkCores(String takes, int polling) {
    Cluster cluster = point.scenario().cluster();
    int free = cluster.cores() - polling;
    if (free < 1) {
      wrong("cluster.cores", "cores: " + takes + " " + polling + " of " + cluster.cores()
          + ", and none is left for pods; write at least " + (polling + 1)
          + (polling > 1 ? ", or fewer network.pollers" : ""));
      return;
    }
    if (cluster.queues().orElse(free) > free) {
      wrong("cluster.queues", "queues: " + takes + " CPU " + free + " and beyond, so they"
          + " interrupt CPUs 0 to " + (free - 1) + " only; write at most " + free);
    }
    List<Integer> irqCpus = cluster.irqCpus().orElse(List.of());
    for (int i = 0; i < irqCpus.size(); i++) {
      checkCpu("irq-cpus", takes, "cluster.irq-cpus." + i, irqCpus.get(i));
    }
    cluster.pin()
        .forEach(
            (pod, pin) -> {
              checkCpu("tx", takes, "cluster.pin." + pod + ".tx", pin.tx());
              checkCpu("rx", takes, "cluster.pin." + pod + ".rx", pin.rx());
            });
  }

  private void checkCpu(String key, String takes, String path, int cpu) {
    int cores = point.scenario().cluster().cores();
    int free = cores - cores(point, network);
    if (cpu % cores >= free) {
      wrong(path, key + ": " + takes + " the core of CPU " + cpu + "; write a CPU out of 0 to "
          + (free - 1));
    }
  }

  private void wrong(String path, String what) {
    faults.add(point.where(path) + ": " + what);
  }
}
