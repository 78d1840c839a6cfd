package org.podpath.engine.flow;

import java.util.List;
import java.util.function.Consumer;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.engine.cluster.PortQueues.Marking;
import org.podpath.engine.cluster.Switch;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.Uncontended;
import org.podpath.engine.results.Recorder;

/**
 * Where connections would lose frames, which this engine does not play: a stream gets the rate that links
 * and cores leave it. That holds as long as a port has room for what windows do when frames are lost.
 */
final class StreamLosses implements Consumer<StreamLeg> {
  /**
   * A sender hears of a loss by three duplicate acknowledgements; with less under way, only by a time-out
   * (RFC 5681 section 3.2).
   */
  private static final int SEGMENTS_TO_RECOVER = 4;
  /** Least window of a sender that hears of queues by marks (RFC 8257 section 3.3). */
  private static final int LEAST_SEGMENTS = 2;
  /** CUBIC goes on with so much of its window after a loss (RFC 9438 section 4.6). */
  private static final double BETA_RATIO = 0.7;

  private final Cluster cluster;
  private final Network network;
  private final Resources resources;
  private final StreamRates rates;
  private final Recorder recorder;
  /** By link: how many streams there were when it was looked at. */
  private final int[] looked;

  /** Nothing was lost. */
  StreamLosses(
      Cluster cluster, Network network, Resources resources, StreamRates rates, Recorder recorder) {
    this.cluster = cluster;
    this.network = network;
    this.resources = resources;
    this.rates = rates;
    this.recorder = recorder;
    looked = new int[resources.links()];
  }

  /** Frames go this way, of streams, messages or datagrams, and answers come back. */
  void way(Uncontended way) {
    if (dropsAtRandom(way.links()) || dropsAtRandom(way.linksBack())) {
      recorder.outsideValidity(
          "links lose frames at random, which the flow engine does not play; write engine: packet");
    }
  }

  private boolean dropsAtRandom(List<Link> links) {
    return !network.transport().markable()
        && links.stream()
            .map(this::at)
            .anyMatch(
                from -> from != null
                    && from.queues()
                        .marking()
                        .filter(Marking.Random.class::isInstance)
                        .isPresent());
  }

  /** The switch whose port feeds {@code link}; null where none does. */
  private Switch at(Link link) {
    return link.id() < 0 ? null : cluster.topology().switchAt(link.from());
  }

  /** A stream has begun, and the rates with it are known. */
  @Override
  public void accept(StreamLeg leg) {
    for (Link link : leg.way().links()) {
      Switch from = at(link);
      if (from != null && from.queues().pause().isEmpty()) {
        look(link, from.queues(), leg.way());
      }
    }
  }

  /** Only where more streams than ever cross the link. */
  private void look(Link link, PortQueues queues, Uncontended way) {
    int resource = resources.link(link);
    int index = resource - resources.firstLink();
    int crossing = rates.countOn(resource);
    boolean slower = link.bitsPerSecond() < way.links().getFirst().bitsPerSecond();
    if (crossing <= looked[index] || !slower && !rates.isFull(resource)) {
      return;
    }
    looked[index] = crossing;
    int held = 0;
    for (int i = 0; i < crossing; i++) {
      held += rates.holder(resource, i) == resource ? 1 : 0;
    }
    double pipeBytes = link.bitsPerSecond() / 8.0 * way.roundTripSeconds();
    double underwayBytes = pipeBytes * rates.taken(resource) / rates.capacity(resource);
    double roomBytes = roomBytes(queues);
    double segmentBytes = network.segmentBytes() + network.frameOverheadBytes();
    double windowsBytes = (double) crossing * network.transport().windowBytes();
    boolean marked = network.transport().markable() && queues.marking().isPresent();
    int least = marked ? LEAST_SEGMENTS : SEGMENTS_TO_RECOVER;
    if (windowsBytes <= roomBytes) {
      return;
    }
    if (pipeBytes + roomBytes < held * least * segmentBytes || roomBytes < segmentBytes) {
      recorder.outsideValidity(
          "streams share a port without room for " + least + " segments of each, and would wait for"
              + " time-outs; the flow engine knows no losses; write engine: packet");
    } else if (!marked && roomBytes < busyBytes(underwayBytes, crossing)) {
      recorder.outsideValidity(
          "a port has less buffer than keeps it busy while its streams make up for losses; the flow"
              + " engine knows no losses; write engine: packet");
    }
  }

  /** What may wait before frames are dropped that nobody marks. */
  private double roomBytes(PortQueues queues) {
    long red =
        !network.transport().markable()
            && queues.marking().orElse(null) instanceof Marking.Red marking
                ? marking.highBytes()
                : Long.MAX_VALUE;
    return Math.min(red, queues.bufferBytes());
  }

  /**
   * A window that falls to β of itself leaves the link as busy as it was if that much still fills the pipe:
   * {@code B ≥ C·RTT (1 − β) / β}, and of n windows that do so at different times the deviation counts, {@code
   * B / √n} (G. Appenzeller, I. Keslassy, N. McKeown, "Sizing Router Buffers", SIGCOMM 2004, sections 2 and
   * 3). While windows double, about as much waits before a link that is slower than the first.
   */
  private static double busyBytes(double underwayBytes, int streams) {
    return underwayBytes * (1 - BETA_RATIO) / BETA_RATIO / Math.sqrt(streams);
  }
}
