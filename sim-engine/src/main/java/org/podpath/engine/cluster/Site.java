package org.podpath.engine.cluster;

/** A fabric that may also be one of several sites. */
public sealed interface Site extends Fabric permits SingleSwitch, LeafSpine {

  /**
   * Draws switches and the links between them.
   *
   * @param prefix of the names of switches
   * @param hosts how many there are at the site, at most {@link #mostHosts()}
   */
  Ground draw(Blueprint blueprint, Equipment equipment, String prefix, int hosts);

  @Override
  default void draw(Blueprint blueprint, Equipment equipment) {
    Ground ground = draw(blueprint, equipment, "", blueprint.hosts());
    blueprint.attach(ground.switchOfHost(), equipment.edge());
  }

  /**
   * What has been drawn for a site.
   *
   * @param switchOfHost the node that each host is to be joined to
   * @param tops nodes of the switches that lead to other sites
   */
  record Ground(int[] switchOfHost, int[] tops) {}
}
