package org.podpath.engine.flow;

import java.util.List;
import org.podpath.engine.datapath.Uncontended;
import org.podpath.engine.datapath.Uncontended.Step;
import org.podpath.engine.kernel.EventHandler;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.results.Recorder;

/**
 * Takes messages from step to step, an event each. On a CPU they wait for the messages before them; what they
 * would wait for streams is not modelled.
 */
final class MessagePasses {
  private static final EventHandler NOTHING = () -> {};

  private final Simulator simulator;
  private final Resources resources;
  private final StreamRates streams;
  private final Recorder recorder;
  private final CpuStates cpus;

  MessagePasses(
      Simulator simulator,
      Resources resources,
      StreamRates streams,
      CpuStates cpus,
      Recorder recorder) {
    this.simulator = simulator;
    this.resources = resources;
    this.streams = streams;
    this.cpus = cpus;
    this.recorder = recorder;
  }

  void start(Transfer message, EventHandler read) {
    Direction direction = message.direction;
    Uncontended way = direction.uncontended();
    boolean first = direction.takeFirst();
    if (way.links().stream().anyMatch(link -> streams.on(resources.link(link)))) {
      noteCrowd();
    }
    long bytes = message.flow.bytes();
    direction.messageCrosses(bytes);
    long stallsPs = direction.stallsPs(bytes, simulator.nowPs());
    EventHandler send =
        () -> step(way.messageSteps(bytes, findsCold(way)), 0, direction, first, read);
    if (stallsPs > 0) {
      simulator.after(stallsPs, send);
    } else {
      send.handle();
    }
  }

  /** Opens a connection: the first packet each way is that of the handshake. */
  void handshake(Direction direction, EventHandler open) {
    step(direction.uncontended().handshakeSteps(), 0, direction, direction.takeFirst(), open);
  }

  /** Whether a message that is sent now will find the receiving core cold. */
  private boolean findsCold(Uncontended way) {
    int resource = resources.cpu(way.destination(), way.softirqCpu());
    return cpus.of(resource).coldAt(simulator.nowPs() + way.messagePs(1));
  }

  private void step(
      List<Step> steps, int index, Direction direction, boolean first, EventHandler read) {
    if (index == steps.size()) {
      read.handle();
      return;
    }
    EventHandler next = () -> step(steps, index + 1, direction, first, read);
    switch (steps.get(index)) {
      case Step.Wait wait -> simulator.after(wait.delayPs(), next);
      case Step.Beside beside -> {
        if (beside.laterPs() == 0) {
          direction.charge(beside.pass(), 0, false);
        } else {
          simulator.after(
              beside.laterPs(), () -> pass(beside.pass(), direction, false, NOTHING));
        }
        next.handle();
      }
      case Step.Pass pass -> pass(pass, direction, first, next);
    }
  }

  private void pass(Step.Pass pass, Direction direction, boolean first, EventHandler next) {
    int resource = resources.cpu(pass.host(), pass.cpu());
    CpuState cpu = cpus.of(resource);
    long nowPs = simulator.nowPs();
    long beginsPs = cpu.beginsPs(nowPs);
    if (streams.on(resource)) {
      noteCrowd();
    }
    double coldRatio = cpu.findsCold(beginsPs, pass.sends()) ? cpus.idleRatio(resource) : 0;
    long endPs =
        beginsPs + Math.round(direction.uncontended().passPs(pass, coldRatio, first));
    cpu.leaves(endPs);
    simulator.after(
        endPs - nowPs,
        () -> {
          direction.charge(pass, coldRatio, first);
          next.handle();
        });
  }

  private void noteCrowd() {
    recorder.outsideValidity(
        "messages share cores or links with streams; the flow engine does not model how long they"
            + " wait, so their quantiles are left out");
  }
}
