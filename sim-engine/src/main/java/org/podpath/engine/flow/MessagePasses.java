package org.podpath.engine.flow;

import java.util.List;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.datapath.CoreRole;
import org.podpath.engine.datapath.Uncontended;
import org.podpath.engine.datapath.Uncontended.Step;
import org.podpath.engine.kernel.EventHandler;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.results.Recorder;

/**
 * Takes messages from step to step, an event each. On cores and links they wait for the messages
 * before them and for streams.
 */
final class MessagePasses {
  private static final EventHandler NOTHING = () -> {};

  /** assumption: more than 100 ms is the wait for a core that more is asked of than it has. */
  static final long LONGEST_WAIT_PS = 100_000_000_000L;

  private final Simulator simulator;
  private final Resources resources;
  private final Contention contention;
  private final Recorder recorder;

  /** What messages find on cores and links, and what they take of them. */
  record Contention(
      CpuStates cpus, LinkStates links, StreamWaits waits, MessageLoad load, Quotas quotas) {}

  /**
   * A message, or what opens a connection, on its way.
   *
   * @param betweenPs for how long others come between its frames; 0 where it is one frame
   * @param answered told of frames that answer it beside those of its steps
   * @param read told that it has been read
   */
  private record Traveller(
      List<Step> steps,
      Direction direction,
      boolean first,
      long wireBytes,
      long betweenPs,
      EventHandler answered,
      EventHandler read) {}

  MessagePasses(
      Simulator simulator, Resources resources, Contention contention, Recorder recorder) {
    this.simulator = simulator;
    this.resources = resources;
    this.contention = contention;
    this.recorder = recorder;
  }

  void start(Transfer message, EventHandler read) {
    Direction direction = message.direction;
    boolean first = direction.takeFirst();
    long bytes = message.flow.bytes();
    direction.messageCrosses(bytes);
    long stallsPs = direction.stallsPs(bytes, simulator.nowPs());
    EventHandler send = () -> send(message, first, read);
    if (stallsPs > 0) {
      simulator.after(stallsPs, send);
    } else {
      send.handle();
    }
  }

  private void send(Transfer message, boolean first, EventHandler read) {
    Direction direction = message.direction;
    long bytes = message.flow.bytes();
    Uncontended way = direction.uncontended();
    List<Step> steps = direction.messageSteps(bytes, findsCold(way));
    message.answers = Answers.to(steps, way);
    long wireBytes = direction.wireBytes(bytes);
    long betweenPs = bytes <= way.segmentBytes() ? 0 : wirePs(way, wireBytes) / 2;
    direction.sent();
    EventHandler answered = () -> message.answers++;
    step(new Traveller(steps, direction, first, wireBytes, betweenPs, answered, read), 0);
  }

  /** Of the slowest link. */
  private static long wirePs(Uncontended way, long wireBytes) {
    long mostPs = 0;
    for (Link link : way.links()) {
      mostPs = Math.max(mostPs, Link.serialisationPs(wireBytes, link.bitsPerSecond()));
    }
    return mostPs;
  }

  /** Opens a connection: the first packet each way is that of the handshake. */
  void handshake(Direction direction, EventHandler open) {
    Uncontended way = direction.uncontended();
    boolean first = direction.takeFirst();
    step(new Traveller(way.handshakeSteps(), direction, first, way.wireBytes(1), 0, NOTHING, open),
        0);
  }

  /** Whether a message that is sent now will find the receiving core cold. */
  private boolean findsCold(Uncontended way) {
    int resource = resources.cpu(way.destination(), way.softirqCpu());
    return contention.cpus.coldRatio(resource, simulator.nowPs() + way.messagePs(1)) > 0.5;
  }

  private void step(Traveller traveller, int index) {
    if (index == traveller.steps.size()) {
      traveller.read.handle();
      return;
    }
    EventHandler next = () -> step(traveller, index + 1);
    switch (traveller.steps.get(index)) {
      case Step.Wait wait -> {
        if (wait.crosses()) {
          cross(traveller, wait.delayPs(), next);
        } else { // an answer on its way back is small
          simulator.after(wait.delayPs(), next);
        }
      }
      case Step.Ring ring -> poll(traveller, ring, index + 1);
      case Step.Beside beside -> {
        if (beside.laterPs() == 0) {
          Step.Pass pass = beside.pass();
          contention.load.add(
              resources.cpu(pass.host(), pass.cpu()),
              traveller.direction.uncontended().passPs(pass, 0, false));
          traveller.direction.charge(pass, 0, false);
        } else {
          simulator.after(
              beside.laterPs(), () -> beside(beside.pass(), traveller.direction));
        }
        next.handle();
      }
      case Step.Pass pass -> pass(pass, traveller.direction, traveller.first, next);
    }
  }

  /**
   * It waits for what was there before, and its later frames for what comes between. assumption:
   * behind the first link, messages that come in the first half of its time on the wire come between
   * its frames as a whole, and others not at all.
   */
  private void cross(Traveller traveller, long delayPs, EventHandler next) {
    List<Link> links = traveller.direction.uncontended().links();
    long limitedPs = limitedPs(traveller);
    long waitPs =
        limitedPs
            + contention.links.waitPs(
                links, traveller.wireBytes, simulator.nowPs() + limitedPs);
    if (traveller.betweenPs == 0) {
      simulator.after(delayPs + waitPs, next);
      return;
    }
    long beforePs = contention.links.crowdedPs(links);
    long lookPs = Math.min(traveller.betweenPs, delayPs + waitPs);
    simulator.after(
        lookPs,
        () -> {
          long betweenPs = contention.links.crowdedPs(links) - beforePs;
          simulator.after(delayPs + waitPs + betweenPs - lookPs, next);
        });
  }

  /** A frame that comes while the core polls is taken by the same poll, or by the interrupt that is due. */
  private void poll(Traveller traveller, Step.Ring step, int index) {
    Direction direction = traveller.direction;
    Step.Pass alone = (Step.Pass) traveller.steps.get(index);
    int resource = resources.cpu(alone.host(), alone.cpu());
    MessageRing ring = contention.cpus.of(resource).ring();
    long nowPs = simulator.nowPs();
    boolean raises =
        contention.waits.anyAt(resource)
            ? ring.takesBesideStreams(step.delayPs(), nowPs)
            : ring.takes(direction.uncontended(), traveller.wireBytes, nowPs);
    Step.Pass pass = raises ? alone : alone.withoutInterrupt();
    simulator.after(
        Math.max(0, ring.interruptPs() - nowPs),
        () -> {
          takeUp(traveller, pass, () -> step(traveller, index + 1));
          ring.polled();
        });
  }

  /** A poll takes a frame up the stack and sends the answer, if TCP answers it at once. */
  private void takeUp(Traveller traveller, Step.Pass poll, EventHandler next) {
    Direction direction = traveller.direction;
    if (!direction.answers(Math.round(poll.counts().bytes()))) {
      pass(poll, direction, traveller.first, next);
      return;
    }
    traveller.answered.handle();
    Uncontended way = direction.uncontended();
    List<Step> steps = way.answerSteps();
    Traveller answer =
        new Traveller(steps, direction, false, way.wireBytes(1), 0, NOTHING, NOTHING);
    pass(poll, direction, traveller.first, NOTHING);
    pass((Step.Pass) steps.get(0), direction, false, () -> {
      step(answer, 1);
      next.handle();
    });
  }

  private long limitedPs(Traveller traveller) {
    Uncontended way = traveller.direction.uncontended();
    if (way.limit().isEmpty()) {
      return 0;
    }
    long frameBytes = Math.min(traveller.wireBytes, way.wireBytes(way.segmentBytes()));
    return contention.links.limitedPs(
        traveller.direction.sourcePod(), traveller.wireBytes, frameBytes,
        wirePs(way, traveller.wireBytes - frameBytes), simulator.nowPs());
  }

  /**
   * A pass for which nobody waits. It stops no thread: in the closed form of messages of several frames it
   * lies between their polls.
   */
  private void beside(Step.Pass pass, Direction direction) {
    pass(pass, direction, false, false, NOTHING);
  }

  /** A pass of polls stops threads. */
  private void pass(Step.Pass pass, Direction direction, boolean first, EventHandler next) {
    pass(pass, direction, first, pass.segment().core() != CoreRole.APP, next);
  }

  private void pass(
      Step.Pass pass, Direction direction, boolean first, boolean stops, EventHandler next) {
    int resource = resources.cpu(pass.host(), pass.cpu());
    CpuState cpu = contention.cpus.of(resource);
    long nowPs = simulator.nowPs();
    int pod = direction.pod(pass);
    boolean counts = pass.segment().core() == CoreRole.APP;
    long stillPs = counts ? contention.quotas.stillPs(pod, nowPs) : 0;
    if (stillPs > 0) {
      simulator.after(stillPs, () -> pass(pass, direction, first, stops, next));
      return;
    }
    long waitPs = Math.round(contention.waits.cpuPs(resource, counts));
    long beginsPs = Math.max(cpu.beginsPs(nowPs), nowPs + waitPs);
    if (contention.waits.standAt(resource)) {
      recorder.outsideValidity(
          "messages come to a core that polls for streams all of the time; what of these waits there"
              + " hangs on single polls, which the flow engine does not play, so quantiles are left"
              + " out");
    }
    if (beginsPs - nowPs > LONGEST_WAIT_PS) {
      recorder.outsideValidity(
          "messages wait for more than 100 ms for a core; the flow engine knows no rings that drop, so"
              + " quantiles are left out");
    }
    double coldRatio =
        cpu.findsCold(beginsPs, pass.sends()) ? contention.cpus.idleRatio(resource) : 0;
    long passPs = Math.round(direction.uncontended().passPs(pass, coldRatio, first));
    contention.load.add(resource, passPs);
    int quota = counts ? resources.quota(pod) : Resources.NONE;
    if (quota != Resources.NONE) {
      contention.quotas.uses(pod, passPs);
      contention.load.add(quota, passPs);
    }
    cpu.leaves(nowPs, beginsPs + passPs);
    EventHandler done =
        () -> {
          direction.charge(pass, coldRatio, first);
          next.handle();
        };
    if (stops) {
      cpu.turns().poll(nowPs + waitPs, passPs, done);
    } else if (waitPs > 0) {
      simulator.after(waitPs, () -> turn(cpu, pass, direction, passPs, done));
    } else {
      turn(cpu, pass, direction, passPs, done);
    }
  }

  private static void turn(
      CpuState cpu, Step.Pass pass, Direction direction, long passPs, EventHandler done) {
    if (pass.segment().core() == CoreRole.APP && !pass.sends()) {
      cpu.turns().read(direction, passPs, done);
    } else {
      cpu.turns().send(passPs, done);
    }
  }
}
