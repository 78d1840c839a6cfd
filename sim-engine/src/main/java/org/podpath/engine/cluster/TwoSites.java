package org.podpath.engine.cluster;

/**
 * Two sites of one shape, the first half of the hosts on {@code site0}, the others on
 * {@code site1}, joined by one long link each way, {@code site0.wan} and {@code site1.wan}. A site
 * that has several switches at its top gets a switch {@code border} that all of them are joined to.
 *
 * @param wan the link between the sites
 */
public record TwoSites(Site site, Cable wan) implements Fabric {
  @Override
  public long mostHosts() {
    return 2 * site.mostHosts();
  }

  @Override
  public String room() {
    return "2 sites, each " + site.room() + ",";
  }

  @Override
  public void draw(Blueprint blueprint, Equipment equipment) {
    int hosts = blueprint.hosts();
    int firstHosts = Math.ceilDiv(hosts, 2);
    Site.Ground first = site.draw(blueprint, equipment, "site0.", firstHosts);
    int firstBorder = border(first, blueprint, equipment, "site0.");
    Site.Ground second = site.draw(blueprint, equipment, "site1.", hosts - firstHosts);
    int secondBorder = border(second, blueprint, equipment, "site1.");
    blueprint.link("site0.wan", firstBorder, secondBorder, wan);
    blueprint.link("site1.wan", secondBorder, firstBorder, wan);
    int[] switchOfHost = new int[hosts];
    System.arraycopy(first.switchOfHost(), 0, switchOfHost, 0, firstHosts);
    System.arraycopy(second.switchOfHost(), 0, switchOfHost, firstHosts, hosts - firstHosts);
    blueprint.attach(switchOfHost, equipment.edge());
  }

  private static int border(
      Site.Ground ground, Blueprint blueprint, Equipment equipment, String prefix) {
    if (ground.tops().length == 1) {
      return ground.tops()[0];
    }
    int border = blueprint.addSwitch(prefix + "border", equipment);
    for (int top : ground.tops()) {
      blueprint.join(top, border, equipment.inner());
    }
    return border;
  }
}
