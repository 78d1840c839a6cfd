package org.podpath.engine.packet;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds ports that wait for each other in a circle: each is paused for frames that wait, at the end
 * of its link, in front of ports of the circle. No time will free them.
 */
final class DeadlockDetector {
  private final PacketEngine engine;

  DeadlockDetector(PacketEngine engine) {
    this.engine = engine;
  }

  /**
   * Names of the ports of a circle, the first again at its end; none if every paused port will go on.
   */
  List<String> circle(int trafficClass) {
    List<ClassedPort> stuck = new ArrayList<>();
    for (int port = 0; port < engine.ports.count(); port++) {
      ClassedPort queued = engine.ports.queued(port);
      if (queued != null && queued.isPaused(trafficClass)) {
        stuck.add(queued);
      }
    }
    while (stuck.removeIf(port -> !port.staysPaused(trafficClass, stuckBytes(port, trafficClass,
        stuck)))) {
      // each that goes on may free others
    }
    return stuck.isEmpty() ? List.of() : walk(stuck, trafficClass);
  }

  private static long stuckBytes(ClassedPort port, int trafficClass, List<ClassedPort> stuck) {
    long bytes = 0;
    for (ClassedPort next : stuck) {
      if (next.link().from() == port.link().to()) {
        bytes += next.waitingBytes(trafficClass, port);
      }
    }
    return bytes;
  }

  private static List<String> walk(List<ClassedPort> stuck, int trafficClass) {
    List<ClassedPort> way = new ArrayList<>();
    ClassedPort port = stuck.getFirst();
    while (!way.contains(port)) {
      way.add(port);
      port = next(port, trafficClass, stuck);
    }
    List<ClassedPort> circle = new ArrayList<>(way.subList(way.indexOf(port), way.size()));
    circle.add(port);
    return circle.stream().map(p -> p.link().name()).toList();
  }

  private static ClassedPort next(ClassedPort port, int trafficClass, List<ClassedPort> stuck) {
    return stuck.stream()
        .filter(next -> next.link().from() == port.link().to())
        .filter(next -> next.waitingBytes(trafficClass, port) > 0)
        .findFirst()
        .orElseThrow();
  }
}
