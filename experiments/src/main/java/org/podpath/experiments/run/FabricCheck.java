package org.podpath.experiments.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.datapath.Network;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.scenario.FabricSpec;
import org.podpath.experiments.scenario.Point;

/** What must hold between the packets of a point and the ports and links that they cross. */
final class FabricCheck {
  private final Point point;
  private final Network network;
  private final List<String> faults = new ArrayList<>();

  FabricCheck(Point point, Network network) {
    this.point = point;
    this.network = network;
  }

  /**
   * Looks at everything.
   *
   * @param cluster asked only where a file draws the network: other fabrics lead everywhere
   * @throws WrongInput with what is wrong
   */
  void check(Supplier<Cluster> cluster) {
    point.scenario()
        .cluster()
        .ports()
        .faultOf(network.segmentBytes() + network.frameOverheadBytes())
        .ifPresent(
            fault -> wrong("cluster.ports." + fault.path(), fault.path() + ": " + fault.what()));
    faults.addAll(new PauseCheck(point, network).faults(cluster));
    if (point.scenario().cluster().fabric() instanceof FabricSpec.TwoSites sites) {
      checkWan(sites);
    }
    if (point.scenario().cluster().fabric() instanceof FabricSpec.File file) {
      checkWays(cluster, file);
    }
    if (!faults.isEmpty()) {
      throw new WrongInput(faults);
    }
  }

  private void checkWays(Supplier<Cluster> cluster, FabricSpec.File file) {
    try {
      new WaysOfJobs(point.scenario(), cluster.get()).faults()
          .forEach(
              fault -> wrong("cluster.fabric.file", "file: " + fault + "; write links between"
                  + " them into " + file.name() + ", or place the pods elsewhere"));
    } catch (WrongInput drawing) {
      faults.addAll(drawing.lines());
    }
  }

  private void checkWan(FabricSpec.TwoSites sites) {
    int packetBytes = network.podMtuBytes() + network.cni().send().headerBytes();
    if (sites.wanMtuBytes().orElse(packetBytes) < packetBytes) {
      wrong("cluster.fabric.two-sites.wan-mtu", "wan-mtu: " + sites.wanMtuBytes().getAsInt()
          + " bytes are too few for packets of " + packetBytes + "; write at least that, or a"
          + " smaller network.pod-mtu");
    }
  }

  private void wrong(String path, String what) {
    faults.add(point.where(path) + ": " + what);
  }
}
