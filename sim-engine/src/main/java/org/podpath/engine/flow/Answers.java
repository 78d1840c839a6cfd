package org.podpath.engine.flow;

import java.util.List;
import org.podpath.engine.datapath.Uncontended;
import org.podpath.engine.datapath.Uncontended.Demand;
import org.podpath.engine.datapath.Uncontended.Step;

/** How many frames answer what is sent: acknowledgements, on their way back over links. */
final class Answers {
  private Answers() {}

  /** For each byte of a stream that demands so much. */
  static double perByte(Uncontended way, List<Demand> demands) {
    for (Demand demand : demands) {
      if (demand instanceof Demand.OnLink on && on.answers()) {
        double wireBytes = on.secondsPerByte() * on.link().bitsPerSecond() / 8;
        return wireBytes / way.wireBytesOfAnAnswer();
      }
    }
    return 0;
  }

  /** To a message that takes these steps. */
  static double to(List<Step> steps, Uncontended way) {
    double frames = 0;
    for (Step step : steps) {
      frames +=
          switch (step) {
            case Step.Wait wait -> 0;
            case Step.Ring ring -> 0;
            case Step.Beside beside -> of(beside.pass(), way);
            case Step.Pass pass -> of(pass, way);
          };
    }
    return frames;
  }

  private static double of(Step.Pass pass, Uncontended way) {
    return way.answersAt(pass) ? pass.counts().frames() : 0;
  }
}
