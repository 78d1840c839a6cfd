package org.podpath.engine.packet;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds ports that wait for each other in a circle: each is paused for frames that wait, at the end
 * of its link, in front of ports of the circle. No time will free them.
 */
final class DeadlockDetector {
  private final PacketEngine engine;
  /** Ports that may be in a circle: kept from one search to the next, for pauses are many. */
  private final ArrayList<ClassedPort> stuck = new ArrayList<>();

  DeadlockDetector(PacketEngine engine) {
    this.engine = engine;
  }

  /**
   * Names of the ports of a circle, the first again at its end; none if every paused port will go
   * on.
   */
  List<String> circle(int trafficClass) {
    stuck.clear();
    for (int port = 0; port < engine.ports.count(); port++) {
      ClassedPort queued = engine.ports.queued(port);
      if (queued != null && queued.isPaused(trafficClass)) {
        stuck.add(queued);
      }
    }
    while (dropThoseThatGoOn(trafficClass)) {
      // each that goes on may free others
    }
    return stuck.isEmpty() ? List.of() : walk(trafficClass);
  }

  /** Whether there were any. */
  private boolean dropThoseThatGoOn(int trafficClass) {
    int kept = 0;
    for (int i = 0; i < stuck.size(); i++) {
      ClassedPort port = stuck.get(i);
      if (port.staysPaused(trafficClass, stuckBytes(port, trafficClass))) {
        stuck.set(kept++, port);
      }
    }
    boolean any = kept < stuck.size();
    while (stuck.size() > kept) {
      stuck.removeLast();
    }
    return any;
  }

  private long stuckBytes(ClassedPort port, int trafficClass) {
    long bytes = 0;
    for (int i = 0; i < stuck.size(); i++) {
      ClassedPort next = stuck.get(i);
      if (next.link().from() == port.link().to()) {
        bytes += next.waitingBytes(trafficClass, port);
      }
    }
    return bytes;
  }

  private List<String> walk(int trafficClass) {
    List<ClassedPort> way = new ArrayList<>();
    ClassedPort port = stuck.getFirst();
    while (!way.contains(port)) {
      way.add(port);
      port = next(port, trafficClass);
    }
    List<ClassedPort> circle = new ArrayList<>(way.subList(way.indexOf(port), way.size()));
    circle.add(port);
    return circle.stream().map(p -> p.link().name()).toList();
  }

  private ClassedPort next(ClassedPort port, int trafficClass) {
    return stuck.stream()
        .filter(next -> next.link().from() == port.link().to())
        .filter(next -> next.waitingBytes(trafficClass, port) > 0)
        .findFirst()
        .orElseThrow();
  }
}
