package org.podpath.cni;

import static org.podpath.engine.datapath.Hook.NIC;
import static org.podpath.engine.datapath.Hook.POLL;
import static org.podpath.engine.datapath.Hook.TUNNEL;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.Stage;

/**
 * The provider's network, which carries the packets of hosts: the last step before the network
 * card, around any container network.
 *
 * <p>Source of the steps and of the bytes: OpenStack Neutron, "Open vSwitch: Self-service networks"
 * (deploy-ovs-selfservice: br-tun or the provider bridge, then the card) and "MTU considerations"
 * (config-mtu: what is inside the wire's MTU has to leave the instance's).
 */
public enum Underlay {
  /** The hosts are on the wire themselves. */
  NONE(0, true),
  /** A provider bridge that adds nothing. */
  FLAT(0, true),
  /** A tag on every frame, outside the MTU (IEEE 802.1Q). */
  VLAN(4, false),
  /** Outer IP 20, GRE with key 8, inner Ethernet 14 (RFC 2784, RFC 2890). */
  GRE(42, true),
  /** Outer IP 20, UDP 8, VXLAN 8, inner Ethernet 14 (RFC 7348). */
  VXLAN(50, true);

  private final int headerBytes;
  private final boolean insideMtu;

  Underlay(int headerBytes, boolean insideMtu) {
    this.headerBytes = headerBytes;
    this.insideMtu = insideMtu;
  }

  /** Bytes that every frame grows by. */
  public int headerBytes() {
    return headerBytes;
  }

  /** Whether they count against the wire's MTU, so that packets of hosts have to be smaller. */
  public boolean insideMtu() {
    return insideMtu;
  }

  /** As in scenarios. */
  public String inWords() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What the stage is called that adds the headers. */
  public String headersInWords() {
    return "provider " + inWords() + " headers";
  }

  /** The operation of {@code kernel-costs.csv} that each end pays for. */
  String operation() {
    return "provider " + inWords();
  }

  /**
   * {@code cni} on hosts that this network carries. Pods that hold a function of the card never
   * meet the host's kernel: the card itself can tag their frames (VLAN, which it does already) or
   * leave them untagged (flat), nothing else.
   *
   * @throws IllegalArgumentException if the packets of {@code cni} do not pass where the headers
   *     would be added
   */
  public Cni carrying(Cni cni, Kernel kernel) {
    if (this == NONE) {
      return cni;
    }
    if (cni.sameHost().isEmpty() || !cni.interrupts()) {
      return pastTheKernel(cni);
    }
    if (cni.polls()) {
      return bySwitch(cni, kernel);
    }
    Stage work = kernel.work(TUNNEL, operation());
    return new Cni(
        cni.name() + " on provider " + inWords(),
        cni.sameHost(),
        sending(cni.send(), work),
        receiving(cni.receive(), work));
  }

  /** A switch on cores that poll tags frames itself; its tunnels are the container network's own. */
  private Cni bySwitch(Cni cni, Kernel kernel) {
    if (insideMtu && headerBytes > 0) {
      throw new IllegalArgumentException(
          cni.name() + " passes the host's kernel by, where '" + inWords()
              + "' would be added; write flat or vlan, or a tunnel as encapsulation");
    }
    Stage work = kernel.work(POLL, operation());
    List<Stage> out = new ArrayList<>(cni.send().stages());
    out.addAll(out.size() - 1, List.of(work, headers(headersInWords(), headerBytes)));
    List<Stage> in = new ArrayList<>(cni.receive().stages());
    int polled = 0;
    while (in.get(polled).hook() != POLL || in.get(polled) instanceof Stage.Handoff) {
      polled++;
    }
    in.addAll(polled + 1, List.of(work, headers(headersInWords() + " off", -headerBytes)));
    return new Cni(
        cni.name() + " on provider " + inWords(), cni.sameHost(),
        new Datapath(cni.send().name(), out), new Datapath(cni.receive().name(), in));
  }

  /** After the host's stages, before the card's. */
  private Datapath sending(Datapath send, Stage work) {
    List<Stage> stages = shown(send.stages());
    int card = 0;
    while (stages.get(card).hook() != NIC) {
      card++;
    }
    stages.addAll(card, List.of(work, headers(headersInWords(), headerBytes)));
    return new Datapath(send.name(), stages);
  }

  /** As soon as frames are joined, if they are. */
  private Datapath receiving(Datapath receive, Stage work) {
    List<Stage> stages = shown(receive.stages());
    int card = stages.size() - 1;
    while (stages.get(card).hook() != NIC) {
      card--;
    }
    stages.addAll(card + 1, List.of(work, headers(headersInWords() + " off", -headerBytes)));
    return new Datapath(receive.name(), stages);
  }

  private Stage headers(String name, int bytes) {
    return new Stage.Wrap(TUNNEL, name, bytes, insideMtu, this == GRE);
  }

  /**
   * What a card sees are the outermost headers. The source port of VXLAN is a hash of the flow (RFC
   * 7348 section 5), which Linux takes from the innermost headers, so flows that an inner tunnel
   * hides are shown again, but not those that are encrypted.
   */
  private List<Stage> shown(List<Stage> stages) {
    List<Stage> shown = new ArrayList<>();
    for (Stage stage : stages) {
      shown.add(
          this == VXLAN && stage instanceof Stage.Wrap wrap
              && !wrap.name().startsWith(Encryption.HEADERS)
                  ? new Stage.Wrap(
                      wrap.hook(), wrap.name(), wrap.headerBytes(), wrap.insideMtu(), false)
                  : stage);
    }
    return shown;
  }

  /** The function's own tag is the provider's VLAN; on a flat network it has none. */
  private Cni pastTheKernel(Cni cni) {
    if (insideMtu && headerBytes > 0 || this == VLAN && cni.send().tagBytes() == 0) {
      throw new IllegalArgumentException(
          cni.name() + " passes the host's kernel by, where '" + inWords()
              + "' would be added; write one of "
              + Stream.of(NONE, FLAT, VLAN)
                  .filter(u -> u != VLAN || cni.send().tagBytes() > 0)
                  .map(Underlay::inWords)
                  .toList());
    }
    return this == VLAN
        ? cni
        : new Cni(cni.name(), cni.sameHost(), untagged(cni.send()), untagged(cni.receive()));
  }

  private static Datapath untagged(Datapath way) {
    return new Datapath(
        way.name(),
        way.stages()
            .stream()
            .filter(stage -> !(stage instanceof Stage.Wrap wrap) || wrap.insideMtu())
            .toList());
  }
}
