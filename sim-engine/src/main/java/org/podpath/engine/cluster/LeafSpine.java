package org.podpath.engine.cluster;

/**
 * Hosts on leaf switches, {@code leaf0} filled before {@code leaf1}; every leaf joined to every
 * spine once, {@code leaf0.spine1}. Hosts of different leaves have as many equal ways as there are
 * spines.
 *
 * <p>Oversubscription of a leaf is {@code hostsPerLeaf} times the rate of a host over
 * {@code spines} times the rate of an uplink.
 *
 * <p>Source: M. Alizadeh, T. Edsall, "On the Data Path Performance of Leaf-Spine Datacenter
 * Fabrics", IEEE Hot Interconnects 2013.
 */
public record LeafSpine(int leaves, int spines, int hostsPerLeaf) implements Site {
  public LeafSpine {
    Fabric.require(leaves, "leaf");
    Fabric.require(spines, "spine");
    Fabric.require(hostsPerLeaf, "host on each leaf");
  }

  @Override
  public long mostHosts() {
    return (long) leaves * hostsPerLeaf;
  }

  @Override
  public String room() {
    return leaves + (leaves == 1 ? " leaf of " : " leaves of ") + hostsPerLeaf + " hosts";
  }

  @Override
  public Ground draw(Blueprint blueprint, Equipment equipment, String prefix, int hosts) {
    int[] leaf = blueprint.addSwitches(leaves, prefix + "leaf", equipment);
    int[] spine = blueprint.addSwitches(spines, prefix + "spine", equipment);
    for (int below : leaf) {
      for (int above : spine) {
        blueprint.join(below, above, equipment.inner());
      }
    }
    int[] switchOfHost = new int[hosts];
    for (int host = 0; host < hosts; host++) {
      switchOfHost[host] = leaf[host / hostsPerLeaf];
    }
    return new Ground(switchOfHost, spine);
  }
}
