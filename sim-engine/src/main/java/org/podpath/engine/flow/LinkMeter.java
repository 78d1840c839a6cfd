package org.podpath.engine.flow;

import java.util.ArrayList;
import java.util.List;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.results.LinkUse;
import org.podpath.engine.results.Recorder;

/** Adds up what crosses every link, headers included. */
final class LinkMeter {
  private final Resources resources;
  /** Every link, the embedded switches of network cards after the others. */
  private final List<Link> links;
  private final int firstLink;
  private final double[] bytes;
  private final long[] toldBytes;
  private long windowStartPs;

  LinkMeter(Cluster cluster, Resources resources) {
    this.resources = resources;
    links = new ArrayList<>(cluster.topology().links());
    for (Host host : cluster.topology().hosts()) {
      links.add(host.hairpin());
    }
    firstLink = resources.firstLink();
    bytes = new double[links.size()];
    toldBytes = new long[links.size()];
  }

  /** So many bytes cross the link. */
  void crosses(Link link, double wireBytes) {
    bytes[resources.link(link) - firstLink] += wireBytes;
  }

  /** Tells of every link that was used since it was told of last; sums are rounded, not windows. */
  void report(Recorder recorder, long nowPs) {
    for (int i = 0; i < bytes.length; i++) {
      long sumBytes = Math.round(bytes[resources.link(links.get(i)) - firstLink]);
      if (sumBytes > toldBytes[i]) {
        long windowPs = nowPs - windowStartPs;
        recorder.link(
            new LinkUse(
                links.get(i), windowStartPs, windowPs, sumBytes - toldBytes[i], 0, 0, 0, 0));
        toldBytes[i] = sumBytes;
      }
    }
    windowStartPs = nowPs;
  }
}
