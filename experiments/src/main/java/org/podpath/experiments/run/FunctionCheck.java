package org.podpath.experiments.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.podpath.cni.CniCatalog;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.scenario.Point;

/** What must hold between the network of a point and the virtual functions that its tenants ask for. */
final class FunctionCheck {
  private final Point point;

  FunctionCheck(Point point) {
    this.point = point;
  }

  /**
   * Looks at every tenant.
   *
   * @throws WrongInput with each whose pods hold no virtual function that could be limited
   */
  void check() {
    boolean has =
        point.scenario()
            .network()
            .cni()
            .map(id -> CniCatalog.of(id).hasFunctions())
            .orElse(false);
    List<String> faults = new ArrayList<>();
    point.scenario().tenants().forEach((name, tenant) -> {
      if (tenant.maxTxRateBitsPerSecond().isPresent() && !has) {
        faults.add(
            point.where("tenants." + name + ".max-tx-rate") + ": max-tx-rate: pods of "
                + point.scenario().network().name() + " hold no virtual function; leave it out, or"
                + " write a cni out of " + withFunctions());
      }
    });
    if (!faults.isEmpty()) {
      throw new WrongInput(faults);
    }
  }

  private static List<String> withFunctions() {
    return Arrays.stream(CniCatalog.values())
        .filter(CniCatalog::hasFunctions)
        .map(CniCatalog::id)
        .toList();
  }
}
