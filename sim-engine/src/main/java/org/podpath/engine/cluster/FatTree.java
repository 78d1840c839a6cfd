package org.podpath.engine.cluster;

/**
 * A three-layer tree of switches with {@code ports} ports each: {@code ports} pods of
 * {@code ports}/2 edge and {@code ports}/2 aggregation switches, and ({@code ports}/2)² core
 * switches. Edge and aggregation switches of a pod are all joined to each other; aggregation switch
 * i of every pod is joined to core switches i·{@code ports}/2 to (i + 1)·{@code ports}/2 − 1.
 *
 * <p>Hosts of one pod have {@code ports}/2 equal ways, those of different pods ({@code ports}/2)².
 * With {@code ports}/2 hosts on each edge switch nothing is oversubscribed; with more, an edge
 * switch is, by their number over {@code ports}/2.
 *
 * <p>Source: M. Al-Fares, A. Loukissas, A. Vahdat, "A Scalable, Commodity Data Center Network
 * Architecture", SIGCOMM 2008, section 3.
 *
 * @param ports of a switch, an even number
 * @param hostsPerEdge hosts on each edge switch
 */
public record FatTree(int ports, int hostsPerEdge) implements Fabric {
  public FatTree {
    if (ports < 2 || ports % 2 != 0) {
      throw new IllegalArgumentException(
          "a fat-tree is of switches with an even number of ports: " + ports);
    }
    Fabric.require(hostsPerEdge, "host on each edge switch");
  }

  @Override
  public long mostHosts() {
    return (long) edges() * hostsPerEdge;
  }

  @Override
  public String room() {
    return edges() + " edge switches (k²/2) of " + hostsPerEdge + " hosts";
  }

  @Override
  public void draw(Blueprint blueprint, Equipment equipment) {
    int half = ports / 2;
    int[] edge = blueprint.addSwitches(edges(), "edge", equipment);
    int[] aggregation = blueprint.addSwitches(edges(), "agg", equipment);
    int[] core = blueprint.addSwitches(half * half, "core", equipment);
    for (int i = 0; i < edges(); i++) {
      int pod = i / half;
      for (int j = 0; j < half; j++) {
        blueprint.join(edge[i], aggregation[pod * half + j], equipment.inner());
      }
    }
    for (int i = 0; i < edges(); i++) {
      for (int j = 0; j < half; j++) {
        blueprint.join(aggregation[i], core[i % half * half + j], equipment.inner());
      }
    }
    int[] switchOfHost = new int[blueprint.hosts()];
    for (int host = 0; host < switchOfHost.length; host++) {
      switchOfHost[host] = edge[host / hostsPerEdge];
    }
    blueprint.attach(switchOfHost, equipment.edge());
  }

  private int edges() {
    return ports * ports / 2;
  }
}
