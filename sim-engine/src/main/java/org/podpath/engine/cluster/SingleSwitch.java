package org.podpath.engine.cluster;

import java.util.Arrays;

/** Every host on one switch, {@code switch0}, that has as many ports as it takes. */
public record SingleSwitch() implements Site {
  @Override
  public long mostHosts() {
    return Integer.MAX_VALUE;
  }

  @Override
  public String room() {
    return "the ports of a switch";
  }

  @Override
  public Ground draw(Blueprint blueprint, Equipment equipment, String prefix, int hosts) {
    int center = blueprint.addSwitch(prefix + "switch0", equipment);
    int[] switchOfHost = new int[hosts];
    Arrays.fill(switchOfHost, center);
    return new Ground(switchOfHost, new int[] {center});
  }
}
