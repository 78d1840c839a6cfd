package org.podpath.engine.flow;

import java.util.ArrayList;
import java.util.List;
import org.podpath.engine.datapath.Uncontended.Counts;
import org.podpath.engine.datapath.Uncontended.Demand;
import org.podpath.engine.datapath.Usage;
import org.podpath.engine.kernel.EventHandler;
import org.podpath.engine.traffic.Flow;

/**
 * A stream under way: what is left of it, at which rate it goes, and what it asks of every
 * resource.
 */
final class Stream {
  final Flow flow;
  final EventHandler delivered;
  final Direction direction;
  final long startPs;
  double leftBytes;
  double bytesPerSecond;
  long endPs = Long.MAX_VALUE;
  boolean over;
  int[] resources = new int[0];
  double[] use = new double[0];
  private long demandedWith;
  private List<Demand> demands = List.of();
  private final List<Usage> usages = new ArrayList<>();

  Stream(Flow flow, EventHandler delivered, Direction direction, long startPs) {
    this.flow = flow;
    this.delivered = delivered;
    this.direction = direction;
    this.startPs = startPs;
    leftBytes = flow.bytes();
  }

  /** Asks anew what a byte takes, with so many frames waiting at the receiver's polls. */
  void demand(long waitingFrames, Resources numbers) {
    if (waitingFrames == demandedWith) {
      return;
    }
    demandedWith = waitingFrames;
    demands = direction.uncontended().streamDemands(waitingFrames);
    if (usages.isEmpty()) {
      for (Demand demand : demands) {
        if (demand instanceof Demand.OnCpu cpu) {
          usages.add(direction.usage(cpu.host(), cpu.cpu(), cpu.segment()));
        }
      }
    }
    double[] seconds = new double[numbers.count()];
    for (Demand demand : demands) {
      seconds[numbers.of(demand)] += demand.secondsPerByte();
    }
    int used = 0;
    for (double s : seconds) {
      used += s > 0 ? 1 : 0;
    }
    resources = new int[used];
    use = new double[used];
    for (int resource = 0, i = 0; resource < seconds.length; resource++) {
      if (seconds[resource] > 0) {
        resources[i] = resource;
        use[i++] = seconds[resource];
      }
    }
  }

  /** {@code bytes} more have moved. */
  void moved(double bytes) {
    leftBytes -= bytes;
    int usage = 0;
    for (Demand demand : demands) {
      if (demand instanceof Demand.OnCpu cpu) {
        Counts each = cpu.perByte();
        usages
            .get(usage++)
            .add(
                each.interrupts() * bytes,
                each.packets() * bytes,
                each.frames() * bytes,
                each.pieces() * bytes,
                each.bytes() * bytes);
      }
    }
  }
}
