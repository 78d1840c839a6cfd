package org.podpath.engine.packet;

import org.podpath.engine.cluster.PortQueues.Scheduling;

/** The queues of a port, one for each class of traffic or one for all, and who goes next. */
final class ClassQueues {
  private static final int CLASSES = Scheduling.CLASSES;
  private static final int NONE = -1;

  private final Scheduling scheduling;
  private final FrameRing[] queues = new FrameRing[CLASSES];
  private final long[] bytes = new long[CLASSES];
  private final long[] deficitBytes = new long[CLASSES];
  private long allBytes;
  private int frames;
  private int turn;
  private boolean granted;

  ClassQueues(Scheduling scheduling) {
    this.scheduling = scheduling;
    for (int c = 0; c < CLASSES; c++) {
      queues[c] = new FrameRing(4);
    }
  }

  /** The note of a frame is the link that it came over. */
  void add(int cameOver, long header, long sequence, long extra) {
    int c = queueOf(Frame.trafficClass(header));
    queues[c].add(cameOver, header, sequence, extra);
    bytes[c] += Frame.wireBytes(header);
    allBytes += Frame.wireBytes(header);
    frames++;
  }

  void removeFirst(int queue) {
    int wireBytes = Frame.wireBytes(queues[queue].firstHeader());
    queues[queue].removeFirst();
    bytes[queue] -= wireBytes;
    allBytes -= wireBytes;
    frames--;
  }

  FrameRing queue(int queue) {
    return queues[queue];
  }

  long bytes() {
    return allBytes;
  }

  /** Bytes that wait in the queue of a class. */
  long bytes(int trafficClass) {
    return bytes[queueOf(trafficClass)];
  }

  /** Whether two classes wait in the same queue. */
  boolean areOne(int aClass, int otherClass) {
    return queueOf(aClass) == queueOf(otherClass);
  }

  int frames() {
    return frames;
  }

  /** Frames of a channel that wait. */
  int framesOf(int channel) {
    int sum = 0;
    for (FrameRing queue : queues) {
      for (int i = 0; i < queue.size(); i++) {
        sum += Frame.channel(queue.header(i)) == channel ? 1 : 0;
      }
    }
    return sum;
  }

  /** Bytes of a class that came over one link. */
  long bytesOver(int trafficClass, int cameOver) {
    FrameRing queue = queues[queueOf(trafficClass)];
    long sum = 0;
    for (int i = 0; i < queue.size(); i++) {
      long header = queue.header(i);
      if (queue.note(i) == cameOver && Frame.trafficClass(header) == trafficClass) {
        sum += Frame.wireBytes(header);
      }
    }
    return sum;
  }

  /** The queue whose first frame leaves next, −1 if all are empty or told to wait. */
  int next(boolean[] paused) {
    return switch (scheduling) {
      case Scheduling.Fifo fifo -> ready(0, paused) ? 0 : NONE;
      case Scheduling.StrictPriority strict -> highest(paused);
      case Scheduling.DeficitRoundRobin robin -> inTurn(robin, paused);
    };
  }

  private int highest(boolean[] paused) {
    for (int c = CLASSES - 1; c >= 0; c--) {
      if (ready(c, paused)) {
        return c;
      }
    }
    return NONE;
  }

  private int inTurn(Scheduling.DeficitRoundRobin robin, boolean[] paused) {
    if (highest(paused) == NONE) {
      return NONE;
    }
    while (true) {
      if (ready(turn, paused)) {
        if (!granted) {
          deficitBytes[turn] += robin.quantumBytes().get(turn);
          granted = true;
        }
        int wireBytes = Frame.wireBytes(queues[turn].firstHeader());
        if (wireBytes <= deficitBytes[turn]) {
          deficitBytes[turn] -= wireBytes;
          return turn;
        }
      } else if (queues[turn].isEmpty()) {
        deficitBytes[turn] = 0;
      }
      turn = (turn + 1) % CLASSES;
      granted = false;
    }
  }

  private boolean ready(int queue, boolean[] paused) {
    return !queues[queue].isEmpty()
        && !paused[Frame.trafficClass(queues[queue].firstHeader())];
  }

  private int queueOf(int trafficClass) {
    return scheduling instanceof Scheduling.Fifo ? 0 : trafficClass;
  }
}
