package org.podpath.engine.flow;

import java.util.List;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.cluster.RateLimit;
import org.podpath.engine.cluster.Switch;
import org.podpath.engine.results.Recorder;

/**
 * When the messages that went before leave every link: one waits for them in order of arrival, and
 * for streams.
 */
final class LinkStates {
  private static final double PS_PER_SECOND = 1e12;

  private final Cluster cluster;
  private final Resources resources;
  private final StreamWaits waits;
  private final MessageLoad load;
  private final Recorder recorder;
  private final boolean sparseGoFirst;
  private final long[] freeAtPs;
  /** By link; null where no message has come. */
  private final Backlog[] backlogs;
  private final long[] crowdedPs;
  /** By pod: when the bucket of its virtual function is full if it sends nothing more. */
  private final long[] fullAtPs;

  /**
   * Nothing has gone.
   *
   * @param sparseGoFirst whether messages go before streams at the card of their host
   */
  LinkStates(
      Cluster cluster,
      Resources resources,
      StreamWaits waits,
      MessageLoad load,
      Recorder recorder,
      boolean sparseGoFirst) {
    this.cluster = cluster;
    this.resources = resources;
    this.waits = waits;
    this.load = load;
    this.recorder = recorder;
    this.sparseGoFirst = sparseGoFirst;
    freeAtPs = new long[resources.links()];
    backlogs = new Backlog[resources.links()];
    crowdedPs = new long[resources.links()];
    fullAtPs = new long[cluster.pods().size()];
  }

  /**
   * How long a message waits for tokens of its sender's virtual function beyond what it would have to if
   * the bucket were full. Messages before it have used some up; where a stream is met, all of them, and
   * what is left of its super-packet goes first.
   *
   * @param pod that sends
   * @param spacedPs time on the slowest link between its first and its last frame
   */
  long limitedPs(int pod, long wireBytes, long frameBytes, long spacedPs, long nowPs) {
    RateLimit limit = cluster.limit(pod).orElseThrow();
    int own = resources.podStandIn(pod);
    int function = resources.function(pod);
    long goesPs = limit.ps(wireBytes);
    long burstPs = limit.burstPs(frameBytes);
    double streamsPs = waits.cardPs(function, goesPs, true);
    long usedPs = Math.max(0, fullAtPs[own] - nowPs);
    usedPs += streamsPs > 0 ? burstPs + Math.round(streamsPs) : 0;
    load.add(function, goesPs);
    fullAtPs[own] = Math.max(fullAtPs[own], nowPs) + goesPs;
    return Math.max(spacedPs, usedPs + goesPs - burstPs) - Math.max(spacedPs, goesPs - burstPs);
  }

  /** How long a message of {@code wireBytes} that enters {@code links} now waits at all of them. */
  long waitPs(List<Link> links, long wireBytes, long nowPs) {
    long atPs = nowPs;
    long waitPs = 0;
    for (int i = 0; i < links.size(); i++) {
      Link link = links.get(i);
      int resource = resources.link(link);
      long wirePs = Link.serialisationPs(wireBytes, link.bitsPerSecond());
      int index = resource - resources.firstLink();
      long behindPs = freeAtPs[index] - atPs;
      double streamsPs =
          i == 0 ? waits.cardPs(resource, wirePs, sparseGoFirst) : waits.linkPs(resource, wirePs);
      long startPs = atPs + Math.max(0, Math.max(behindPs, Math.round(streamsPs)));
      load.add(resource, wirePs);
      crowdedPs[index] += Math.clamp(behindPs, 0, wirePs);
      freeAtPs[index] = startPs + wirePs;
      backlog(index).comes(atPs, startPs + wirePs);
      noteLoss(link, startPs - atPs);
      noteLongWait(startPs - atPs);
      waitPs += startPs - atPs;
      atPs = startPs + link.delayPs();
    }
    return waitPs;
  }

  /**
   * Time on the wire of all messages until now that came to links while others were there, those
   * after the first link added up.
   */
  long crowdedPs(List<Link> links) {
    long sumPs = 0;
    for (int i = 1; i < links.size(); i++) {
      sumPs += crowdedPs[resources.link(links.get(i)) - resources.firstLink()];
    }
    return sumPs;
  }

  private Backlog backlog(int index) {
    if (backlogs[index] == null) {
      backlogs[index] = new Backlog();
    }
    return backlogs[index];
  }

  /** Tells of links that messages ask for more than they carry. */
  void report(long nowPs) {
    for (int index = 0; index < backlogs.length; index++) {
      if (backlogs[index] != null && backlogs[index].grows(nowPs)) {
        recorder.outsideValidity(
            "messages ask for more than all of " + resources.name(resources.firstLink() + index)
                + ", so that ever more of them wait; quantiles are left out");
        return;
      }
    }
  }

  /** Then more is asked of the link than it carries, and how long one waits hangs on when one asks. */
  private void noteLongWait(long waitPs) {
    if (waitPs > MessagePasses.LONGEST_WAIT_PS) {
      recorder.outsideValidity(
          "messages wait for more than 100 ms for a link; the flow engine knows no time-outs, so"
              + " quantiles are left out");
    }
  }

  /** What waits for longer than the buffer of its port takes to drain is dropped. */
  private void noteLoss(Link link, long waitPs) {
    Switch from = link.id() < 0 ? null : cluster.topology().switchAt(link.from());
    if (from != null
        && from.queues().pause().isEmpty()
        && waitPs / PS_PER_SECOND * link.bitsPerSecond() / 8 > from.queues().bufferBytes()) {
      recorder.outsideValidity(
          "messages find more at a port than its buffer holds; the flow engine knows no"
              + " losses and no time-outs, so quantiles are left out");
    }
  }
}
