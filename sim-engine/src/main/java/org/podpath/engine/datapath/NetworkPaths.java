package org.podpath.engine.datapath;

import java.util.TreeMap;
import org.podpath.engine.cluster.HostProfile;

/** The ways through hosts of every profile on one network, each added up once. */
public final class NetworkPaths {
  private final Network network;
  private final Interrupts.Card card;
  private final TreeMap<String, HostPaths> byProfile = new TreeMap<>();
  private final TreeMap<StreamShape, StreamCounts> streams = new TreeMap<>();

  /** Nothing added up yet. */
  public NetworkPaths(Network network) {
    this.network = network;
    card = Interrupts.Card.of(network.cni().receive());
  }

  /** The network. */
  public Network network() {
    return network;
  }

  /** What polls make of streams of this shape, played once. */
  StreamCounts streamCounts(HostProfile sender, HostProfile receiver, StreamShape shape) {
    StreamCounts counts = streams.get(shape);
    if (counts == null) {
      counts = new StreamPlay(network, sender, receiver, shape).counts();
      streams.put(shape, counts);
    }
    return counts;
  }

  /** Of a receive queue of a network card that has raised none. */
  public Interrupts interrupts(HostProfile profile) {
    return new Interrupts(profile, card);
  }

  /** The ways through hosts of {@code profile}. */
  public HostPaths on(HostProfile profile) {
    HostPaths paths = byProfile.get(profile.name());
    if (paths == null) {
      paths = HostPaths.of(network, profile);
      byProfile.put(profile.name(), paths);
    }
    return paths;
  }
}
