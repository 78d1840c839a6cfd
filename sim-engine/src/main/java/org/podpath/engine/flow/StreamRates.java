package org.podpath.engine.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.kernel.Entity;
import org.podpath.engine.kernel.Simulator;

/**
 * The streams under way and the rates at which they share links, cores and their windows: solved
 * anew when some start or end, once for all that happens at one instant.
 */
final class StreamRates implements Entity {
  private static final double PS_PER_SECOND = 1e12;

  /** assumption: what is as busy as that is full for a while, as messages come and go. */
  private static final double FULL_RATIO = 0.95;

  private final Simulator simulator;
  private final Network network;
  private final Consumer<Transfer> ended;
  private final FluidFlows flows;
  private final int id;
  /** By number; null where the number is free. */
  private final List<Transfer> streams = new ArrayList<>();
  private final ArrayDeque<Integer> freeNumbers = new ArrayDeque<>();
  private long turns;
  private boolean solvePending;
  private long solutions = 1;
  /** Of each resource: whether it is full, and as of which solution. */
  private final boolean[] full;
  private final long[] fullAsOf;

  /**
   * No stream yet.
   *
   * @param ended told when the last byte of a stream has been sent
   * @param verifies whether every solution is compared with a new one of everything
   */
  StreamRates(
      Simulator simulator,
      Network network,
      Resources resources,
      Consumer<Transfer> ended,
      boolean verifies) {
    this.simulator = simulator;
    this.network = network;
    this.ended = ended;
    full = new boolean[resources.count()];
    fullAsOf = new long[resources.count()];
    double[] seconds = new double[resources.count()];
    Arrays.fill(seconds, 1);
    flows = new FluidFlows(seconds, verifies);
    id = simulator.register(this);
  }

  void add(Transfer stream) {
    if (freeNumbers.isEmpty()) {
      stream.number = streams.size();
      streams.add(stream);
    } else {
      stream.number = freeNumbers.remove();
      streams.set(stream.number, stream);
    }
    stream.turn = turns++;
    flows.start(stream.number, stream.direction.use(stream.flow.bytes()), stream.leftBytes);
    solveSoon();
  }

  /** Takes a stream out before its end. */
  void remove(Transfer stream) {
    if (stream.number < streams.size() && streams.get(stream.number) == stream) {
      stream.progress(flows.leftBytes(stream.number, simulator.nowPs()));
      flows.end(stream.number);
      free(stream.number);
      solveSoon();
    }
  }

  /** Whether a stream uses the resource. */
  boolean on(int resource) {
    return flows.shares().countOn(resource) > 0;
  }

  /** Share of time for which streams keep a CPU busy. */
  double busyRatio(int resource) {
    return Math.min(1, flows.shares().taken(resource));
  }

  /** Whether there are streams. */
  boolean any() {
    return flows.shares().count() > 0;
  }

  /** How many streams use the resource. */
  int countOn(int resource) {
    return flows.shares().countOn(resource);
  }

  /** Share of time for which one of these, {@code index} from 0, keeps the resource busy. */
  double busyRatio(int resource, int index) {
    int flow = flows.shares().flowOn(resource, index);
    return flows.shares().rate(flow) * direction(flow).secondsPerByte(resource);
  }

  /** Time that the resource takes for a burst of one of these. */
  double burstSeconds(int resource, int index) {
    return direction(flows.shares().flowOn(resource, index)).burstSeconds(resource, this);
  }

  /** What of one of these waits at the resource, as time that it takes; 0 if it waits elsewhere. */
  double standingSeconds(int resource, int index) {
    FairShares shares = flows.shares();
    int flow = shares.flowOn(resource, index);
    Direction direction = direction(flow);
    if (direction.tightest(this) != resource) {
      return 0;
    }
    double leftBytes = flows.leftBytes(flow, simulator.nowPs());
    return direction.queuedBytes(streams.get(flow), leftBytes, shares.rate(flow))
        * direction.secondsPerByte(resource);
  }

  /** Whether acknowledgements of one of these come over a full link. */
  boolean answersWait(int resource, int index) {
    return direction(flows.shares().flowOn(resource, index)).answersWait(this);
  }

  /** Whether streams take all of a resource, or nearly, as of the last solution. */
  boolean isFull(int resource) {
    if (fullAsOf[resource] != solutions) {
      fullAsOf[resource] = solutions;
      full[resource] = flows.shares().isFull(resource, FULL_RATIO);
    }
    return full[resource];
  }

  /** Changes what a resource has to give to streams. */
  void capacity(int resource, double share) {
    flows.capacity(resource, share);
    solveSoon();
  }

  private Direction direction(int flow) {
    return streams.get(flow).direction;
  }

  /** Super-packets of streams that come to a CPU in a picosecond. */
  double packetsPerPs(int resource) {
    FairShares shares = flows.shares();
    double bytesPerSecond = 0;
    for (int i = 0; i < shares.countOn(resource); i++) {
      bytesPerSecond += shares.rate(shares.flowOn(resource, i));
    }
    return bytesPerSecond / network.stack().superPacketBytes() / PS_PER_SECOND;
  }

  /** Charges every stream for what it has moved until now. */
  void progress() {
    for (Transfer stream : streams) {
      if (stream != null) {
        stream.progress(flows.leftBytes(stream.number, simulator.nowPs()));
      }
    }
  }

  /** Streams end, in the order in which they began, and what they leave is shared anew. */
  @Override
  public void wake(int entity) {
    List<Transfer> done = new ArrayList<>();
    while (flows.nextEndPs() <= simulator.nowPs()) {
      int count = flows.endNext();
      for (int i = 0; i < count; i++) {
        done.add(streams.get(flows.ended(i)));
        free(flows.ended(i));
      }
    }
    done.sort(Comparator.comparingLong(stream -> stream.turn));
    for (Transfer stream : done) {
      stream.progress(0);
      ended.accept(stream);
    }
    solveSoon();
  }

  private void free(int number) {
    streams.set(number, null);
    freeNumbers.add(number);
  }

  private void solveSoon() {
    if (!solvePending) {
      solvePending = true;
      simulator.after(0, this::solve);
    }
  }

  private void solve() {
    solvePending = false;
    flows.settle(simulator.nowPs());
    solutions++;
    if (flows.nextEndPs() == FluidFlows.NEVER_PS) {
      simulator.cancel(id);
    } else {
      simulator.wake(id, flows.nextEndPs());
    }
  }
}
