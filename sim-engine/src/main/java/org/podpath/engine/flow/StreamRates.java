package org.podpath.engine.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.podpath.engine.kernel.Entity;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.results.Recorder;

/**
 * The streams under way and the rates at which they share links, cores and their windows: solved
 * anew when some start or end, once for all that happens at one instant.
 */
final class StreamRates implements Entity {
  /** assumption: what is as busy as that is full for a while, as messages come and go. */
  static final double FULL_RATIO = 0.95;

  /** assumption: messages never take all. */
  private static final double LEAST_RATIO = 0.05;

  private final Simulator simulator;
  private final Consumer<Transfer> ended;
  private final FluidFlows flows;
  private final int id;
  /** By number; null where the number is free. */
  private final List<Leg> legs = new ArrayList<>();
  private final Feedback feedback;
  private final StreamLoads loads = new StreamLoads(this);
  private final StreamMeetings meetings = new StreamMeetings();
  private final ArrayDeque<Integer> freeNumbers = new ArrayDeque<>();
  /** Streams that no solution has met yet. */
  private final List<StreamLeg> fresh = new ArrayList<>();
  private Consumer<StreamLeg> met = leg -> {};
  private long turns;
  private boolean solvePending;
  private long solutions = 1;
  /** Of each resource: what it has to give in a second while no message takes any of it. */
  private final double[] capacities;
  /** Of each resource: whether it is full, and as of which solution. */
  private final boolean[] full;
  private final long[] fullAsOf;

  /**
   * How rates are found.
   *
   * @param verifies whether every solution is compared with a new one of everything
   * @param mostTimes that rates at one instant follow what follows them
   */
  record Solving(boolean verifies, int mostTimes) {
    static final Solving USUAL = new Solving(false, Feedback.MOST_TIMES);
  }

  /**
   * No stream yet.
   *
   * @param ended told when the last byte of a stream has been sent
   */
  StreamRates(
      Simulator simulator,
      Resources resources,
      Consumer<Transfer> ended,
      Solving solving) {
    this.simulator = simulator;
    this.ended = ended;
    full = new boolean[resources.count()];
    fullAsOf = new long[resources.count()];
    capacities = resources.capacities();
    flows = new FluidFlows(capacities, solving.verifies, names(resources));
    feedback = new Feedback(resources, solving.mostTimes);
    id = simulator.register(this);
  }

  private SharingNames names(Resources resources) {
    return new SharingNames() {
      @Override
      public String flow(int number) {
        return resources.name(legs.get(number).transfer.flow);
      }

      @Override
      public String resource(int number) {
        return resources.name(number);
      }
    };
  }

  /** {@code next} is told of every stream when the rates with it are known. */
  void watch(Consumer<StreamLeg> next) {
    met = next;
  }

  /** What all of these do to cores and links. */
  StreamLoads loads() {
    return loads;
  }

  void add(Transfer stream) {
    stream.turn = turns++;
    if (stream.datagrams != null) {
      feedback.datagrams().add(stream.datagrams, this);
    } else {
      stream.leg = new StreamLeg(stream);
      fresh.add(stream.leg);
      start(stream.leg, stream.leftBytes);
    }
    solveSoon();
  }

  /** Something more shares. */
  void start(Leg leg, double bytes) {
    if (freeNumbers.isEmpty()) {
      leg.number = legs.size();
      legs.add(leg);
    } else {
      leg.number = freeNumbers.remove();
      legs.set(leg.number, leg);
    }
    leg.began = leg.use();
    feedback.began(leg.began);
    meetings.began(leg);
    flows.start(leg.number, leg.began, bytes);
  }

  /** What takes something else than before shares anew. */
  void restart(Leg leg, double bytes) {
    flows.end(leg.number);
    flows.start(leg.number, leg.use(), bytes);
  }

  /** Takes a stream out before its end. */
  void remove(Transfer stream) {
    if (stream.datagrams != null) {
      feedback.datagrams().remove(stream.datagrams, this);
      solveSoon();
    } else if (stream.leg != null && legs.get(stream.leg.number) == stream.leg) {
      stream.progress(leftBytes(stream.leg));
      stop(stream.leg);
      solveSoon();
    }
  }

  /** Something less shares. */
  void stop(Leg leg) {
    flows.end(leg.number);
    free(leg.number);
  }

  /** Whether it still shares. */
  boolean shares(Leg leg) {
    return leg.number < legs.size() && legs.get(leg.number) == leg;
  }

  /** Whether a stream uses the resource. */
  boolean on(int resource) {
    return flows.shares().countOn(resource) > 0;
  }

  /** Whether there are streams. */
  boolean any() {
    return flows.shares().count() > 0;
  }

  /** How many streams use the resource. */
  int countOn(int resource) {
    return flows.shares().countOn(resource);
  }

  /** What of the resource flows take in a second. */
  double taken(int resource) {
    return flows.shares().taken(resource);
  }

  /** What it has to give to them. */
  double capacity(int resource) {
    return flows.shares().capacity(resource);
  }

  /** Changes what a share of a CPU allows. */
  void limit(int share, double seconds) {
    flows.capacity(share, seconds);
  }

  /** The resource that holds it back. */
  int holder(Leg leg) {
    return flows.shares().holder(leg.number);
  }

  /** The resource that holds back one of those on a resource, {@code index} from 0. */
  int holder(int resource, int index) {
    return flows.shares().holder(flows.shares().flowOn(resource, index));
  }

  /** Whether streams take all of a resource, or nearly, as of the last solution. */
  boolean isFull(int resource) {
    if (fullAsOf[resource] != solutions) {
      fullAsOf[resource] = solutions;
      full[resource] = flows.shares().isFull(resource, FULL_RATIO);
    }
    return full[resource];
  }

  /** Messages take that much of a resource; streams always get a little. */
  void taken(int resource, double seconds) {
    double capacity = capacities[resource];
    flows.capacity(resource, Math.max(LEAST_RATIO * capacity, capacity - seconds));
    solveSoon();
  }

  /** How many flows the last solution has changed. */
  int changes() {
    return flows.shares().changes();
  }

  /** One of these, {@code index} from 0. */
  Leg changed(int index) {
    return legs.get(flows.shares().changed(index));
  }

  /** One of those on the resource, {@code index} from 0. */
  Leg legOn(int resource, int index) {
    return legs.get(flows.shares().flowOn(resource, index));
  }

  /** At which rate it moves as of the last solution. */
  double bytesPerSecond(Leg leg) {
    return flows.shares().rate(leg.number);
  }

  /** What it has still to move. */
  double leftBytes(Leg leg) {
    return flows.leftBytes(leg.number, simulator.nowPs());
  }

  /** Tells what the numbers do not hold for. */
  void report(Recorder recorder, MessageLoad messages) {
    feedback.datagrams().drops().report(recorder, messages);
    feedback.report(recorder);
  }

  /** Charges every stream for what it has moved until now. */
  void progress() {
    for (Leg leg : legs) {
      if (leg instanceof StreamLeg) {
        leg.transfer.progress(leftBytes(leg));
      }
    }
    feedback.datagrams().progress(this);
  }

  /** Streams end, in the order in which they began, and what they leave is shared anew. */
  @Override
  public void wake(int entity) {
    List<Transfer> done = new ArrayList<>();
    while (flows.nextEndPs() <= simulator.nowPs()) {
      int count = flows.endNext();
      for (int i = 0; i < count; i++) {
        done.add(legs.get(flows.ended(i)).transfer);
        free(flows.ended(i));
      }
    }
    done.sort(Comparator.comparingLong(stream -> stream.turn));
    for (Transfer stream : done) {
      if (stream.datagrams != null) {
        feedback.datagrams().ended(stream.datagrams, this);
      } else {
        stream.progress(0);
      }
      ended.accept(stream);
    }
    solveSoon();
  }

  private void free(int number) {
    feedback.ended(legs.get(number).began);
    meetings.ended(legs.get(number));
    legs.set(number, null);
    freeNumbers.add(number);
  }

  private void solveSoon() {
    if (!solvePending) {
      solvePending = true;
      simulator.after(0, this::settle);
    }
  }

  /** Finds rates by what flows take by now, if that has changed. */
  void solve(boolean changed) {
    if (changed) {
      flows.settle(simulator.nowPs());
      solutions++;
      feedback.solved(this);
    }
  }

  private void settle() {
    solvePending = false;
    feedback.datagrams().progress(this);
    meetings.follow(this);
    solve(true);
    feedback.settle(this);
    feedback.datagrams().settled(this);
    fresh.forEach(met);
    fresh.clear();
    if (flows.nextEndPs() == FluidFlows.NEVER_PS) {
      simulator.cancel(id);
    } else {
      simulator.wake(id, flows.nextEndPs());
    }
  }
}
