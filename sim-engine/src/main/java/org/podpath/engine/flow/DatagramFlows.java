package org.podpath.engine.flow;

import java.util.ArrayList;
import java.util.List;

/**
 * Datagrams under way. What passes one place comes to the next, and a core that receives has less time
 * to send: rates are solved until they agree.
 */
final class DatagramFlows {
  private final List<DatagramFlow> flows = new ArrayList<>();
  private final Drops drops = new Drops();

  void add(DatagramFlow flow, StreamRates rates) {
    flows.add(flow);
    flow.begin(rates);
  }

  /** The time of a flow is up, whether its datagrams have left or not. */
  void remove(DatagramFlow flow, StreamRates rates) {
    if (rates.shares(flow.legs[0])) {
      flow.cut(rates);
      rates.stop(flow.legs[0]);
      forget(flow, rates);
    }
  }

  /** All but the last datagram have left. */
  void ended(DatagramFlow flow, StreamRates rates) {
    flow.progress(0);
    forget(flow, rates);
  }

  private void forget(DatagramFlow flow, StreamRates rates) {
    flows.remove(flow);
    for (int i = 1; i < flow.legs.length; i++) {
      rates.stop(flow.legs[i]);
    }
  }

  /** Charges all for what they have moved until now. */
  void progress(StreamRates rates) {
    for (DatagramFlow flow : flows) {
      flow.progress(rates.leftBytes(flow.legs[0]));
    }
  }

  /**
   * Lets what passes by the last solution come to the next place.
   *
   * @return whether something has changed
   */
  boolean follow(StreamRates rates, double newRatio) {
    boolean changed = false;
    for (DatagramFlow flow : flows) {
      changed |= flow.follow(rates, newRatio);
    }
    return changed;
  }

  /** The last solution holds. */
  void settled(StreamRates rates) {
    for (DatagramFlow flow : flows) {
      flow.settled(rates, drops);
    }
  }

  Drops drops() {
    return drops;
  }
}
