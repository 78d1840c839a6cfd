package org.podpath.cni;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.Hook;
import org.podpath.engine.datapath.Stage;

/**
 * What hides packets from whoever carries them between hosts: the last step of the node's kernel before
 * its network card, and the first behind it. Packets within a host stay as they are.
 */
public enum Encryption {
  /** Anybody can read them. */
  NONE(0),
  /**
   * ESP in transport mode with AES-GCM: SPI and sequence number 8, vector 8, padding and trailer at most
   * 5, check 16 (RFC 4303, RFC 4106). 40 bytes are what Weave leaves for it: its pods had an MTU of 8,876
   * with encryption and 8,916 without on the same hosts (InfraBuilder 2020-08). It has no ports, so all
   * flows of two hosts come to one receive queue.
   */
  IPSEC(40);

  static final String HEADERS = "ESP headers";

  private final int headerBytes;

  Encryption(int headerBytes) {
    this.headerBytes = headerBytes;
  }

  /** What it takes from the MTU. */
  public int headerBytes() {
    return headerBytes;
  }

  /** As in scenarios. */
  public String inWords() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@code cni} with packets that are encrypted between hosts.
   *
   * @param kernel of the nodes that it connects
   * @param cipher whose operations {@code <cipher> encrypt} and {@code <cipher> decrypt} have costs
   */
  Cni hiding(Cni cni, Kernel kernel, String cipher) {
    return this == NONE
        ? cni
        : new Cni(
            cni.name() + " with " + inWords(), cni.sameHost(),
            sending(cni.send(), kernel.work(Hook.TUNNEL, cipher + " encrypt")),
            receiving(cni.receive(), kernel.work(Hook.TUNNEL, cipher + " decrypt")));
  }

  private Datapath sending(Datapath send, Stage work) {
    int card = atCard(send).indexOf(true);
    return with(
        send, card, work, new Stage.Wrap(Hook.TUNNEL, HEADERS, headerBytes, true, true));
  }

  private Datapath receiving(Datapath receive, Stage work) {
    int card = atCard(receive).lastIndexOf(true) + 1;
    return with(
        receive, card, work,
        new Stage.Wrap(Hook.TUNNEL, HEADERS + " off", -headerBytes, true, true));
  }

  /** Of each stage whether it is one of the node's card. */
  private static List<Boolean> atCard(Datapath way) {
    return way.stages()
        .stream()
        .map(stage -> stage.hook() == Hook.NIC || stage.hook() == Hook.VIRTIO)
        .toList();
  }

  private static Datapath with(Datapath way, int place, Stage work, Stage wrap) {
    List<Stage> stages = new ArrayList<>(way.stages());
    stages.addAll(place, List.of(work, wrap));
    return new Datapath(way.name(), stages);
  }
}
