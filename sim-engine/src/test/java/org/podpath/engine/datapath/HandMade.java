package org.podpath.engine.datapath;

import java.util.List;
import java.util.Optional;
import org.podpath.engine.cluster.HostProfile;

/** A network with each of the seven kinds of stage, and costs that are told apart in a sum. */
public final class HandMade {
  /** Twice as slow as the reference core, three times that where cold; siblings share evenly. */
  public static final HostProfile PROFILE =
      new HostProfile(
          "hand-made", 2, 3, 20_000_000, 11_000_000, 1_000_000, 10_000_000_000L, 9000, 0.5,
          10_000_000_000L, 500_000);

  private HandMade() {}

  public static Stage work(Hook hook, long fixedPs) {
    return new Stage.Work(hook, hook + " work", new Cost(fixedPs, 0), Optional.empty());
  }

  public static Stage copy(long psPerByte) {
    return new Stage.Work(Hook.COPY, "copy", new Cost(0, psPerByte), Optional.empty());
  }

  /** Walks two rules, 16 ps in all, and takes 4 ps besides. */
  public static Stage walk() {
    Lookup rules =
        new Lookup.RuleWalk(List.of(new Lookup.Rules(Match.COMMENT, 2, 8)),
            Lookup.RuleTable.CACHED);
    return new Stage.Work(Hook.FORWARD, "rules", new Cost(4, 0), Optional.of(rules));
  }

  public static Datapath send(int headerBytes, int tagBytes) {
    return Datapath.of(
        "pod to wire",
        work(Hook.VETH, 1_000),
        new Stage.Wrap(Hook.TUNNEL, "headers", headerBytes, true, false),
        new Stage.Wrap(Hook.NIC, "tag", tagBytes, false, false),
        work(Hook.NIC, 200),
        new Stage.Split(Hook.NIC, "TSO", new Cost(30, 0)),
        new Stage.Delay(Hook.NIC, "card", PROFILE.nicLatencyPs()));
  }

  public static Datapath receive(int headerBytes, int tagBytes) {
    return Datapath.of(
        "wire to pod",
        new Stage.Delay(Hook.NIC, "card", PROFILE.nicLatencyPs()),
        new Stage.Delay(Hook.INTERRUPT, "moderation", PROFILE.moderationPs()),
        work(Hook.INTERRUPT, 900),
        work(Hook.NIC, 300),
        new Stage.Merge(Hook.NIC, "GRO", new Cost(40, 0)),
        new Stage.Wrap(Hook.NIC, "tag off", -tagBytes, false, false),
        new Stage.Wrap(Hook.TUNNEL, "headers off", -headerBytes, true, false),
        walk(),
        new Stage.Branch(
            Hook.PREROUTING,
            "first",
            Stage.Condition.FIRST_OF_CONNECTION,
            Datapath.of("detour", work(Hook.PREROUTING, 70_000), work(Hook.TCP, 5_000))),
        work(Hook.VETH, 1_000));
  }

  public static Cni cni(int headerBytes, int tagBytes) {
    return new Cni(
        "hand-made",
        Optional.of(Datapath.of("pod to pod", work(Hook.VETH, 600))),
        send(headerBytes, tagBytes),
        receive(headerBytes, tagBytes));
  }

  public static Stack stack() {
    return new Stack(
        Datapath.of("stream to socket", work(Hook.SOCKET, 700), copy(11), work(Hook.TCP, 2_000)),
        reading("stream from socket"),
        Datapath.of("message to socket", work(Hook.SOCKET, 1_400), copy(11)),
        reading("message from socket"),
        Datapath.of("acknowledgement out", work(Hook.TCP, 500)),
        Datapath.of("acknowledgement in", work(Hook.TCP, 600)),
        Datapath.of("datagram to socket", work(Hook.SOCKET, 800), copy(11)),
        reading("datagram from socket"),
        0.55,
        65_536,
        52);
  }

  private static Datapath reading(String name) {
    return Datapath.of(
        name,
        work(Hook.TCP, 3_000),
        new Stage.Handoff(Hook.SOCKET, "wake", CoreRole.APP),
        work(Hook.SOCKET, 100),
        copy(13));
  }
}
