package org.podpath.cni;

import java.util.ArrayList;
import java.util.List;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.CoreRole;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.Hook;
import org.podpath.engine.datapath.Stage;

/**
 * Receive packet steering: the CPU that polls frames hands what GRO has joined to the backlog of a CPU that
 * the flow's hash chooses, which takes it up the stack. A CPU whose backlog was empty gets an
 * inter-processor interrupt.
 *
 * <p>Source of the steps: Linux, Documentation/networking/scaling.rst, "RPS: Receive Packet Steering"; net/core/
 * dev.c, netif_receive_skb_internal, enqueue_to_backlog, process_backlog.
 */
public final class PacketSteering {
  private PacketSteering() {}

  /**
   * {@code cni} on hosts of {@code kernel} that steer packets.
   *
   * @throws IllegalArgumentException if no kernel of a host takes its packets out of polls
   */
  public static Cni of(Cni cni, Kernel kernel) {
    boolean joins = cni.receive().stages().stream().anyMatch(Stage.Merge.class::isInstance);
    if (cni.polls() || cni.crossesVhost() || !cni.interrupts() || !joins) {
      throw new IllegalArgumentException(
          "packets of " + cni.name() + " do not come out of polls of the host's kernel, which"
              + " could steer them; leave it out, or write another cni");
    }
    List<Stage> stages = new ArrayList<>(cni.receive().stages());
    int joined = 0;
    while (!(stages.get(joined) instanceof Stage.Merge)) {
      joined++;
    }
    stages.addAll(
        joined + 1,
        List.of(
            kernel.work(Hook.NIC, "steer packet"),
            new Stage.Handoff(Hook.NIC, "to the backlog of another CPU", CoreRole.SOFTIRQ),
            kernel.work(Hook.INTERRUPT, "inter-processor interrupt"),
            kernel.work(Hook.NIC, "take from backlog")));
    return new Cni(
        cni.name(), cni.sameHost(), cni.send(), new Datapath(cni.receive().name(), stages));
  }
}
