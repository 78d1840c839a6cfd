package org.podpath.experiments.run;

import java.util.ArrayList;
import java.util.List;
import org.podpath.engine.datapath.Network;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.scenario.EngineKind;
import org.podpath.experiments.scenario.Incast;
import org.podpath.experiments.scenario.Point;

/** What must hold between the incasts of a point and the engine that plays them. */
final class IncastCheck {
  private final Point point;
  private final Network network;

  IncastCheck(Point point, Network network) {
    this.point = point;
    this.network = network;
  }

  /**
   * The flow engine knows rates of streams; messages would pass the receiver's link side by side.
   *
   * @throws WrongInput with what is wrong
   */
  void check() {
    List<String> faults = new ArrayList<>();
    int messageBytes = network.stack().superPacketBytes();
    for (JobSpec job : JobSpec.of(point.scenario())) {
      if (job.job() instanceof Incast incast
          && point.scenario().engine() == EngineKind.FLOW
          && incast.senders() > 1
          && incast.bytes() <= messageBytes) {
        String path =
            "tenants." + job.tenant() + ".jobs." + job.position() + ".incast.bytes";
        faults.add(
            point.where(path) + ": bytes: " + incast.bytes() + " bytes are a message, and the flow"
                + " engine does not know how long messages wait for a link; write engine: packet,"
                + " or more than " + messageBytes + "B");
      }
    }
    if (!faults.isEmpty()) {
      throw new WrongInput(faults);
    }
  }
}
