package org.podpath.engine.datapath;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A way through a host: stages in order.
 *
 * @param name what the way leads from and to, such as {@code "pod to wire"}
 */
public record Datapath(String name, List<Stage> stages) {
  public Datapath {
    stages = List.copyOf(stages);
  }

  /** The stages in the order in which a packet meets them. */
  public static Datapath of(String name, Stage... stages) {
    return new Datapath(name, List.of(stages));
  }

  /** This way, then {@code next}. */
  public Datapath then(Datapath next) {
    List<Stage> both = new ArrayList<>(stages);
    both.addAll(next.stages);
    return new Datapath(name + ", " + next.name, both);
  }

  /** Whether no packet comes to the end of this way. */
  public boolean ends() {
    return stages.stream()
        .anyMatch(stage -> stage instanceof Stage.Branch branch && branch.when().ends());
  }

  /** Whether every packet is dropped on this way. */
  private boolean denies() {
    return stages.stream()
        .anyMatch(
            stage -> stage instanceof Stage.Branch branch
                && branch.when() == Stage.Condition.DENIED);
  }

  /**
   * The stages that every packet meets, detours that all of them take put in their place; handovers
   * behind the end of the way stay, so that every core has its part, be it empty.
   */
  List<Stage> met() {
    List<Stage> met = new ArrayList<>();
    boolean over = false;
    for (Stage stage : stages) {
      if (stage instanceof Stage.Branch branch
          && (branch.when().ends() || denies() && !over)) {
        met.addAll(over ? List.of() : branch.detour().stages);
        over |= branch.when().ends();
      } else if (!over || stage instanceof Stage.Handoff) {
        met.add(stage);
      }
    }
    return met;
  }

  /** This way for a packet that is never the first of its connection. */
  public Datapath established() {
    return new Datapath(
        name,
        stages.stream()
            .filter(
                stage -> !(stage instanceof Stage.Branch branch
                    && branch.when() == Stage.Condition.FIRST_OF_CONNECTION))
            .toList());
  }

  /** Bytes of headers that this way puts around a packet and that count against the wire's MTU. */
  public int headerBytes() {
    return wrapped(true);
  }

  /** The most bytes of such headers that a packet has around it anywhere on this way. */
  public int mostHeaderBytes() {
    int bytes = 0;
    int mostBytes = 0;
    for (Stage stage : stages) {
      if (stage instanceof Stage.Wrap wrap && wrap.insideMtu()) {
        bytes += wrap.headerBytes();
        mostBytes = Math.max(mostBytes, bytes);
      }
    }
    return mostBytes;
  }

  /** Bytes of tags that this way adds outside the MTU. */
  public int tagBytes() {
    return wrapped(false);
  }

  /** Whether the wire shows the same addresses and ports for all flows of two hosts. */
  public boolean hidesFlows() {
    return stages.stream().anyMatch(stage -> stage instanceof Stage.Wrap w && w.hidesFlows());
  }

  /** Time without CPU, waits for interrupts and polls not included. */
  public long delayPs() {
    return delaysPs(hook -> hook != Hook.INTERRUPT && hook != Hook.POLL);
  }

  /** Wait for the interrupt. */
  public long moderationPs() {
    return delaysPs(hook -> hook == Hook.INTERRUPT);
  }

  /** Wait for a core that polls to look. */
  public long pollWaitPs() {
    return delaysPs(hook -> hook == Hook.POLL);
  }

  private long delaysPs(Predicate<Hook> at) {
    long sumPs = 0;
    for (Stage stage : stages) {
      if (stage instanceof Stage.Delay delay && at.test(delay.hook())) {
        sumPs += delay.delayPs();
      }
    }
    return sumPs;
  }

  /** Whether part of it is on a core that polls. */
  public boolean isPolled() {
    for (Stage stage : stages) {
      if (entersPolling(stage)) {
        return true;
      }
    }
    return false;
  }

  /** The stages on cores that poll. */
  Datapath polled() {
    return part(true);
  }

  /** The stages on other cores. */
  Datapath unpolled() {
    return part(false);
  }

  /** Whether the vhost thread of a guest stands on it. */
  public boolean crossesVhost() {
    return stages.stream()
        .anyMatch(stage -> stage instanceof Stage.Handoff h && h.to() == CoreRole.VHOST);
  }

  /** Whether the kernel steers packets to another CPU than the one that polls frames. */
  public boolean isSteered() {
    return !crossesVhost()
        && !isPolled()
        && stages.stream()
            .anyMatch(stage -> stage instanceof Stage.Handoff h && h.to() == CoreRole.SOFTIRQ);
  }

  /** What is done between one handover and the next, in order. */
  List<Datapath> parts() {
    List<Datapath> parts = new ArrayList<>();
    List<Stage> part = new ArrayList<>();
    for (Stage stage : stages) {
      if (stage instanceof Stage.Handoff) {
        parts.add(new Datapath(name, part));
        part = new ArrayList<>();
      } else {
        part.add(stage);
      }
    }
    parts.add(new Datapath(name, part));
    return parts;
  }

  private static boolean entersPolling(Stage stage) {
    return stage instanceof Stage.Handoff handoff && handoff.to() == CoreRole.POLLING;
  }

  /** Without the handovers to and from cores that poll. */
  private Datapath part(boolean wanted) {
    List<Stage> part = new ArrayList<>();
    boolean polling = false;
    for (Stage stage : stages) {
      boolean leaves = polling && stage instanceof Stage.Handoff;
      if (entersPolling(stage)) {
        polling = true;
      } else if (leaves) {
        polling = false;
      } else if (polling == wanted) {
        part.add(stage);
      }
    }
    return new Datapath(name, part);
  }

  /** What is left of it for frames that the card itself makes and takes: no kernel, no interrupt. */
  Datapath ofCard() {
    return new Datapath(
        name,
        stages.stream()
            .filter(
                stage -> stage instanceof Stage.Wrap
                    || stage instanceof Stage.Delay && stage.hook() != Hook.INTERRUPT)
            .toList());
  }

  /** Whether packets are single frames where it begins: they are joined before they are cut. */
  public boolean beginsInFrames() {
    return stages.stream()
        .filter(stage -> stage instanceof Stage.Split || stage instanceof Stage.Merge)
        .findFirst()
        .filter(Stage.Merge.class::isInstance)
        .isPresent();
  }

  private int wrapped(boolean insideMtu) {
    int sumBytes = 0;
    for (Stage stage : stages) {
      if (stage instanceof Stage.Wrap wrap && wrap.insideMtu() == insideMtu) {
        sumBytes += wrap.headerBytes();
      }
    }
    return sumBytes;
  }
}
