package org.podpath.cni;

import static org.podpath.engine.datapath.Hook.DAEMON;
import static org.podpath.engine.datapath.Hook.TUNNEL;

import java.util.Optional;
import org.podpath.engine.datapath.Cost;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.Stage;

/**
 * The four stages of an encapsulation; those of none cost nothing.
 *
 * @param wrap the headers that {@code encapsulate} adds
 * @param unwrap the same headers, taken off
 */
record Tunnel(Stage encapsulate, Stage wrap, Stage decapsulate, Stage unwrap) {

  /** By the kernel's own tunnel devices, or a process that takes the place of one. */
  static Tunnel inKernel(Kernel kernel, Encapsulation encapsulation) {
    return switch (encapsulation) {
      case NONE -> none(kernel);
      case VXLAN -> of(kernel, encapsulation, "VXLAN encapsulate", "VXLAN decapsulate");
      case IPIP -> of(kernel, encapsulation, "IPIP encapsulate", "IPIP decapsulate");
      case GENEVE -> of(kernel, encapsulation, "Geneve encapsulate", "Geneve decapsulate");
      case SLEEVE -> new Tunnel(
          kernel.work(DAEMON, "sleeve encapsulate"), kernel.wrap(encapsulation),
          kernel.work(DAEMON, "sleeve decapsulate"), kernel.unwrap(encapsulation));
    };
  }

  /**
   * By a redirect of an eBPF program to the tunnel device, past netfilter. Geneve costs what VXLAN
   * does.
   */
  static Tunnel byProgram(Kernel kernel, Encapsulation encapsulation) {
    return encapsulation == Encapsulation.NONE
        ? none(kernel)
        : of(kernel, encapsulation, "eBPF VXLAN encapsulate", "eBPF VXLAN decapsulate");
  }

  /** Whether packets leave in datagrams of sleeve. */
  static boolean isSleeve(Datapath way) {
    return way.stages().stream().anyMatch(stage -> stage.hook() == DAEMON);
  }

  private static Tunnel none(Kernel kernel) {
    Stage free = new Stage.Work(TUNNEL, "no encapsulation", Cost.NONE, Optional.empty());
    return new Tunnel(
        free, kernel.wrap(Encapsulation.NONE), free, kernel.unwrap(Encapsulation.NONE));
  }

  private static Tunnel of(Kernel kernel, Encapsulation encapsulation, String in, String out) {
    return new Tunnel(
        kernel.work(TUNNEL, in),
        kernel.wrap(encapsulation),
        kernel.work(TUNNEL, out),
        kernel.unwrap(encapsulation));
  }
}
