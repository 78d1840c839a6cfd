package org.podpath.experiments.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.podpath.cni.CniCatalog;
import org.podpath.cni.Encapsulation;
import org.podpath.cni.Kernel;
import org.podpath.cni.NetworkOptions;
import org.podpath.cni.Profiles;
import org.podpath.cni.TcpStack;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.cluster.Receive;
import org.podpath.engine.cluster.Tenant;
import org.podpath.engine.cluster.Topology;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Network;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.scenario.Names;
import org.podpath.experiments.scenario.Pin;
import org.podpath.experiments.scenario.PodSpec;
import org.podpath.experiments.scenario.Point;
import org.podpath.experiments.scenario.Scenario;
import org.podpath.experiments.scenario.Walk;

/** Makes the engine's cluster and network out of a point of a scenario. */
final class Wiring {
  private final Point point;
  private final Scenario scenario;
  private final HostProfile profile;

  Wiring(Point point) {
    this.point = point;
    scenario = point.scenario();
    profile = Profiles.of(scenario.cluster().profile());
  }

  /** The names that scenarios may use. */
  static Names names() {
    return new Names(CniCatalog.ids(), Profiles.names());
  }

  /**
   * The network of the point.
   *
   * @throws WrongInput if its parts do not fit each other
   */
  Network network() {
    Kernel kernel = new Kernel(profile);
    Cni cni = at("network.encapsulation", () -> entry().network(kernel, options()));
    int wireMtuBytes = scenario.cluster().mtuBytes().orElse(profile.mtuBytes());
    int podMtuBytes =
        scenario.network().podMtuBytes().orElse(wireMtuBytes - cni.send().headerBytes());
    String key = scenario.network().podMtuBytes().isPresent() ? "network.pod-mtu" : "cluster.mtu";
    return at(key, () -> new Network(cni, TcpStack.on(kernel), podMtuBytes, wireMtuBytes));
  }

  private CniCatalog entry() {
    return CniCatalog.of(scenario.network().cni());
  }

  private NetworkOptions options() {
    org.podpath.experiments.scenario.Encapsulation wanted = scenario.network().encapsulation();
    Encapsulation encapsulation =
        wanted == org.podpath.experiments.scenario.Encapsulation.DEFAULT
            ? entry().encapsulations().getFirst()
            : Encapsulation.valueOf(wanted.name());
    return new NetworkOptions(
        encapsulation,
        scenario.network().rules().services(),
        scenario.network().rules().policies(),
        scenario.network().rules().walk() == Walk.EVERY_PACKET);
  }

  /** What about the point has no effect although it was asked for; empty when all has. */
  List<String> warnings() {
    int policies = scenario.network().rules().policies();
    return policies > 0 && !entry().enforcesPolicies()
        ? List.of(entry().id() + " does not enforce NetworkPolicy: its " + policies
            + " policies have no effect")
        : List.of();
  }

  /** The machines, tenants and pods of the point. */
  Cluster cluster() {
    List<Host> hosts = new ArrayList<>();
    for (int id = 0; id < scenario.cluster().hosts(); id++) {
      hosts.add(
          new Host(
              id,
              "host" + id,
              profile,
              scenario.cluster().cores(),
              scenario.cluster().smt(),
              Receive.valueOf(scenario.cluster().receive().name()),
              Math.min(scenario.cluster().queueCount(), scenario.cluster().cores())));
    }
    Topology topology =
        Topology.oneSwitch(
            hosts,
            scenario.cluster().nicBitsPerSecond().orElse(profile.nicBitsPerSecond()),
            scenario.cluster().linkDelayPs(),
            scenario.cluster().switchLatencyPs());
    List<String> tenantNames = List.copyOf(scenario.tenants().keySet());
    List<Tenant> tenants = new ArrayList<>();
    for (String name : tenantNames) {
      tenants.add(new Tenant(tenants.size(), name));
    }
    return new Cluster(topology, tenants, pods(tenantNames));
  }

  /** Pods without a pin take CPUs of their host in turn, two each. */
  private List<Pod> pods(List<String> tenantNames) {
    Map<String, Pin> pins = scenario.cluster().pin();
    int[] nextCpu = new int[scenario.cluster().hosts()];
    List<Pod> pods = new ArrayList<>();
    for (PodSpec spec : scenario.pods()) {
      int cpus = scenario.cluster().cpus();
      Pin pin = pins.get(spec.name());
      int sendCpu = pin != null ? pin.tx() : nextCpu[spec.host()]++ % cpus;
      int receiveCpu = pin != null ? pin.rx() : nextCpu[spec.host()]++ % cpus;
      pods.add(
          new Pod(
              pods.size(),
              spec.name(),
              spec.host(),
              tenantNames.indexOf(spec.tenant()),
              sendCpu,
              receiveCpu));
    }
    return pods;
  }

  private <T> T at(String path, java.util.function.Supplier<T> part) {
    try {
      return part.get();
    } catch (IllegalArgumentException wrong) {
      throw new WrongInput(point.where(path) + ": " + wrong.getMessage());
    }
  }

  static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
