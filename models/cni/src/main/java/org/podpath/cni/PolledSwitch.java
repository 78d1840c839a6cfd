package org.podpath.cni;

import static org.podpath.engine.datapath.Hook.INTERRUPT;
import static org.podpath.engine.datapath.Hook.NIC;
import static org.podpath.engine.datapath.Hook.POLL;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.CoreRole;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.Stage;

/**
 * A switch in user space on cores that poll, which takes every frame by itself: pods cut what they send
 * to frames in software, and are interrupted for what comes.
 *
 * @param toSwitch what the pod's kernel does for each frame that it hands to the switch
 * @param atPod what it does for each frame that it gets; with GRO if that is among it
 */
record PolledSwitch(Kernel kernel, Stage toSwitch, List<Stage> atPod) {
  PolledSwitch {
    atPod = List.copyOf(atPod);
  }

  /**
   * The network whose switch does that much for a frame.
   *
   * @param sameHost between two pods of a host
   */
  Cni network(String name, List<Stage> sameHost, List<Stage> send, List<Stage> receive) {
    Stage card = new Stage.Delay(NIC, "NIC", kernel.profile().nicLatencyPs());
    List<Stage> toWire = new ArrayList<>(handedOver());
    toWire.addAll(send);
    toWire.add(card);
    List<Stage> fromWire = new ArrayList<>(List.of(card));
    fromWire.addAll(poll());
    fromWire.addAll(receive);
    fromWire.addAll(got());
    List<Stage> inside = new ArrayList<>(handedOver());
    inside.addAll(sameHost);
    inside.addAll(got());
    return new Cni(
        name,
        Optional.of(new Datapath("pod to pod", inside)),
        new Datapath("pod to wire", toWire),
        new Datapath("wire to pod", fromWire));
  }

  private List<Stage> handedOver() {
    List<Stage> stages = new ArrayList<>();
    stages.add(new Stage.Split(NIC, "GSO to MTU", kernel.cost("GSO segment")));
    stages.add(toSwitch);
    stages.addAll(poll());
    return stages;
  }

  private List<Stage> poll() {
    return List.of(
        new Stage.Handoff(POLL, "poll", CoreRole.POLLING),
        new Stage.Delay(POLL, "wait for a poll", kernel.host().cost("wait for a poll").fixedPs()));
  }

  /** A pod's virtual card interrupts at once: nothing moderates it. */
  private List<Stage> got() {
    List<Stage> stages = new ArrayList<>();
    stages.add(new Stage.Handoff(INTERRUPT, "interrupt the pod", CoreRole.SOFTIRQ));
    stages.addAll(kernel.interrupt());
    stages.addAll(atPod);
    return stages;
  }
}
