package org.podpath.experiments.run;

import java.util.function.Supplier;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.datapath.Network;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.capture.CaptureFile;
import org.podpath.experiments.scenario.Point;
import org.podpath.experiments.yaml.InvalidParameters;

/** What must hold between the frames that a point wants captured and its links and headers. */
final class CaptureCheck {
  private final Point point;
  private final Network network;

  CaptureCheck(Point point, Network network) {
    this.point = point;
    this.network = network;
  }

  /**
   * Looks at everything.
   *
   * @param cluster asked only where frames are captured
   * @throws WrongInput with what is wrong
   */
  void check(Supplier<Cluster> cluster) {
    try {
      point.scenario()
          .capture()
          .ifPresent(wanted -> CaptureFile.check(wanted, cluster.get(), network));
    } catch (InvalidParameters wrong) {
      throw new WrongInput(wrong.problems().stream().map(this::line).toList());
    }
  }

  private String line(InvalidParameters.Problem problem) {
    return point.where(problem.path().toString()) + ": " + problem.path().key() + ": "
        + problem.what();
  }
}
