package org.podpath.engine.packet;

import java.util.Arrays;
import java.util.List;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.cluster.Switch;
import org.podpath.engine.cluster.Topology;
import org.podpath.engine.datapath.Network;

/**
 * The ports of a run by number: that of a link is the link's id, those of the embedded switches of
 * network cards follow.
 */
final class Ports {
  /** assumption: a cut-through switch forwards when 64 bytes are in. */
  private static final long CUT_THROUGH_BYTES = 64;

  private final PacketEngine engine;
  private final Topology topology;
  private final PortPlan[] plans;
  private final SharedBuffer[] buffers;
  /** Beyond that of the first and of the last link: time of hosts without CPU. */
  private final long sendDelayPs;
  private final long receiveDelayPs;
  private final FifoPorts fifo;
  /** Null where no port has real queues. */
  private final ClassedPort[] classed;
  private final boolean cutThrough;
  /** Of network cards whose hosts have one, once something is sent there; null where none have. */
  private final Qdisc[] qdiscs;

  /**
   * Idle ports.
   *
   * @param inBundles whether switches may pass frames on in bundles: nobody watches every frame
   */
  Ports(PacketEngine engine, boolean inBundles) {
    this.engine = engine;
    Cluster cluster = engine.cluster;
    topology = cluster.topology();
    List<Link> links = topology.links();
    buffers = new SharedBuffer[topology.switches().size()];
    plans = new PortPlan[links.size() + topology.hosts().size()];
    sendDelayPs = engine.network.cni().send().delayPs();
    receiveDelayPs = engine.network.cni().receive().delayPs();
    for (Link link : links) {
      plans[link.id()] = plan(link);
    }
    for (Host host : topology.hosts()) {
      plans[links.size() + host.id()] = plan(host.hairpin());
    }
    PortPlan[] simple = plans.clone();
    ClassedPort[] queued = new ClassedPort[plans.length];
    boolean anyQueued = false;
    boolean anyCutThrough = false;
    for (int port = 0; port < plans.length; port++) {
      anyCutThrough |= plans[port].headBytes() > 0;
      if (plans[port].isClassed()) {
        simple[port] = null;
        queued[port] = new ClassedPort(engine, port, plans[port]);
        anyQueued = true;
      }
    }
    fifo = new FifoPorts(engine, simple);
    classed = anyQueued ? queued : null;
    cutThrough = anyCutThrough;
    qdiscs = engine.network.sparseGoFirst() ? new Qdisc[plans.length] : null;
    if (inBundles && !anyQueued && !anyCutThrough) {
      bundle();
    }
    if (inBundles && !engine.hostsAreFree) {
      fifo.leadToKernels(toHosts());
    }
  }

  private boolean[] toHosts() {
    boolean[] toHosts = new boolean[plans.length];
    for (int port = 0; port < plans.length; port++) {
      Link link = plans[port].link();
      toHosts[port] = link.id() < 0 || topology.switchAt(link.to()) == null;
    }
    return toHosts;
  }

  /** Frames that meet at a switch go on in bundles if its links take any time. */
  private void bundle() {
    int[][] arriving = new int[topology.switches().size()][];
    int[] links = new int[arriving.length];
    long[] windowPs = new long[arriving.length];
    Arrays.fill(windowPs, Long.MAX_VALUE);
    int firstSwitch = topology.switchNode(0);
    for (Link link : topology.links()) {
      if (link.to() >= firstSwitch) {
        links[link.to() - firstSwitch]++;
      }
      if (link.from() >= firstSwitch) {
        int at = link.from() - firstSwitch;
        long delayPs = link.delayPs() + plans[link.id()].extraDelayPs();
        windowPs[at] = Math.min(windowPs[at], delayPs);
      }
    }
    for (int at = 0; at < arriving.length; at++) {
      arriving[at] = new int[links[at]];
    }
    for (int id = plans.length - 1; id >= 0; id--) {
      Link link = plans[id].link();
      if (link.id() >= 0 && link.to() >= firstSwitch) {
        int at = link.to() - firstSwitch;
        arriving[at][--links[at]] = id;
      }
    }
    for (int at = 0; at < arriving.length; at++) {
      if (windowPs[at] > 0
          && windowPs[at] < Long.MAX_VALUE
          && arriving[at].length > 0
          && arriving[at].length <= Crossing.MOST_LINKS
          && topology.switches().get(at).queues().sharing().isEmpty()) {
        fifo.leadTo(
            new Crossing(engine.simulator, fifo, arriving[at], windowPs[at]), arriving[at]);
      }
    }
  }

  private PortPlan plan(Link link) {
    Network network = engine.network;
    boolean hairpin = link.id() < 0;
    Switch at = hairpin ? null : topology.switchAt(link.from());
    Switch next = hairpin ? null : topology.switchAt(link.to());
    PortQueues own = at == null ? PortQueues.ENDLESS : at.queues();
    long extraPs = (at == null ? sendDelayPs : 0) + (next == null ? receiveDelayPs : 0);
    boolean fits = network.wireMtuBytes() <= link.mtuBytes();
    Marker marker =
        own.marking()
            .map(marking -> new Marker(marking, engine.simulator.random("marks/" + link.name())))
            .orElse(null);
    SharedBuffer shared = own.sharing().isPresent() ? buffer(at) : null;
    if (shared != null) {
      shared.join(link.id());
    }
    return new PortPlan(
        link,
        extraPs,
        next != null && next.queues().cutThrough() ? CUT_THROUGH_BYTES : 0,
        fits ? Integer.MAX_VALUE : link.mtuBytes() + bytesBesideMtu(),
        own,
        next != null && next.queues().pause().isPresent(),
        marker,
        shared);
  }

  private int bytesBesideMtu() {
    return Network.ETHERNET_BYTES + engine.network.cni().send().tagBytes();
  }

  private SharedBuffer buffer(Switch at) {
    if (buffers[at.id()] == null) {
      buffers[at.id()] =
          new SharedBuffer(
              engine,
              at.queues().bufferBytes(),
              at.queues().sharing().orElseThrow().alphaRatio());
    }
    return buffers[at.id()];
  }

  /** What lets packets wait in front of a network card's {@code port}; null where nothing does. */
  Qdisc qdisc(int port) {
    if (qdiscs == null || queued(port) != null) {
      return null;
    }
    if (qdiscs[port] == null) {
      qdiscs[port] = new Qdisc(engine, port);
    }
    return qdiscs[port];
  }

  private Qdisc used(int port) {
    return qdiscs == null ? null : qdiscs[port];
  }

  /** When the last frame that waits at a port with one queue has left; not after now if none does. */
  long freeAtPs(int port) {
    return fifo.freeAtPs(port);
  }

  /** How many ports there are. */
  int count() {
    return plans.length;
  }

  /** The number of the port that feeds {@code link}. */
  int of(Link link) {
    return link.id() >= 0 ? link.id() : topology.links().size() - 1 - link.id();
  }

  Link link(int port) {
    return plans[port].link();
  }

  /**
   * Hands a frame to {@code port}, which takes or drops it.
   *
   * @param from the port whose link it came over; −1 where it begins its way
   * @param nowPs when it comes
   */
  void send(int port, int from, long nowPs, long header, long sequence, long extra) {
    assert engine.books.cameToPort(port, nowPs, header);
    if (classed != null && classed[port] != null) {
      classed[port].send(from, header, sequence, extra);
      return;
    }
    long tailPs = cutThrough && from >= 0 ? tailPs(from, Frame.wireBytes(header)) : 0;
    fifo.send(port, nowPs, tailPs, header, sequence, extra);
  }

  private long tailPs(int port, int wireBytes) {
    ClassedPort queued = queued(port);
    return queued != null ? queued.tailPs(wireBytes) : fifo.tailPs(port, wireBytes);
  }

  /** The port with real queues of this number; null where it is of the other kind. */
  ClassedPort queued(int port) {
    return classed == null ? null : classed[port];
  }

  /** Time to put so many bytes on the wire. */
  long framePs(int port, int bytes) {
    return Link.serialisationPs(bytes, plans[port].link().bitsPerSecond());
  }

  /** Bytes that wait now, those of the frame that is leaving included. */
  long queuedBytes(int port) {
    if (queued(port) != null) {
      return queued(port).queuedBytes();
    }
    return fifo.queuedBytes(port) + (used(port) == null ? 0 : used(port).waitingBytes());
  }

  /** The most bytes that a frame found waiting since it was asked last. */
  long takeMostQueuedBytes(int port) {
    if (queued(port) != null) {
      return queued(port).takeMostQueuedBytes();
    }
    long most = fifo.takeMostQueuedBytes(port);
    return used(port) == null ? most : Math.max(most, used(port).takeMostBytes());
  }

  /** Bytes taken to be sent. */
  long takenBytes(int port) {
    return queued(port) != null ? queued(port).takenBytes() : fifo.takenBytes(port);
  }

  /** Frames that did not fit. */
  long droppedFrames(int port) {
    return queued(port) != null ? queued(port).droppedFrames() : fifo.droppedFrames(port);
  }

  /** Frames marked. */
  long markedFrames(int port) {
    return queued(port) != null ? queued(port).markedFrames() : fifo.markedFrames(port);
  }

  /** Time for which the port was told to wait, of all classes together. */
  long pausedPs(int port) {
    return queued(port) != null ? queued(port).pausedPs() : 0;
  }

  /** Frames that have been taken and have not arrived. */
  int framesInside(int port) {
    return queued(port) != null ? queued(port).framesInside() : fifo.framesInside(port);
  }
}
