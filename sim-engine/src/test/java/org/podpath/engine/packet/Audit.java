package org.podpath.engine.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import org.podpath.engine.cluster.Link;
import org.podpath.engine.results.FrameTap;
import org.podpath.engine.results.SeenFrame;

/**
 * Keeps the books of every port of a run from what is seen on links, and compares them with what
 * the engine says of its ports.
 *
 * <p>Conservation: frames that came to a port are those that left it, those that it dropped and
 * those inside. Little's law, L = lambda W, as an identity of the run: the area under the number of
 * frames inside a port and its link, as the engine counts them, is the sum of the times that frames
 * spent there, as seen on links. Both hold to the last frame and picosecond, for every port of a
 * switch. Of a network card, whose frames nobody sees coming, what it took is compared with what
 * came out.
 *
 * <p>Source: J. D. C. Little, "A proof for the queuing formula L = lambda W", Operations Research
 * 9(3), 1961; W. Whitt, "A review of L = lambda W and extensions", Queueing Systems 9, 1991, for
 * the identity over a finite time.
 */
final class Audit implements FrameTap {
  private final Lab lab;
  private final TreeMap<Long, int[]> ways = new TreeMap<>();
  private final boolean[] ofSwitch;
  private final long[] came;
  private final long[] dropped;
  private final long[] left;
  private final long[] leftBytes;
  private final long[] areaPs;
  private final long[] stayPs;
  private long lastPs;
  private int comesTo = -1;

  Audit(Lab lab) {
    this.lab = lab;
    List<Link> links = lab.cluster.topology().links();
    ofSwitch = new boolean[links.size()];
    for (Link link : links) {
      ofSwitch[link.id()] = lab.cluster.topology().switchAt(link.from()) != null;
    }
    came = new long[links.size()];
    dropped = new long[links.size()];
    left = new long[links.size()];
    leftBytes = new long[links.size()];
    areaPs = new long[links.size()];
    stayPs = new long[links.size()];
  }

  /** Frames that came to the end of a link. */
  long left(int link) {
    return left[link];
  }

  /** Mean time that a frame has spent in a port and on its link. */
  double meanStayPs(int link) {
    return (double) stayPs[link] / left[link];
  }

  @Override
  public void frame(long nowPs, int link, SeenFrame frame) {
    settle(nowPs, link);
    left[link]++;
    leftBytes[link] += lab.wireBytes(frame);
    stayPs[link] += nowPs;
    comesTo = next(link, frame);
  }

  /** Books the time since the last frame, and what became of that one. */
  private void settle(long nowPs, int leaving) {
    Ports ports = lab.engine.ports;
    if (comesTo >= 0) {
      came[comesTo]++;
      if (ports.droppedFrames(comesTo) > dropped[comesTo]) {
        dropped[comesTo]++;
      } else {
        stayPs[comesTo] -= lastPs;
      }
      comesTo = -1;
    }
    for (int port = 0; port < areaPs.length; port++) {
      if (ofSwitch[port]) {
        int inside = ports.framesInside(port) + (port == leaving ? 1 : 0);
        areaPs[port] += inside * (nowPs - lastPs);
      }
    }
    lastPs = nowPs;
  }

  private int next(int link, SeenFrame frame) {
    long key = 2L * frame.connection().id() + (frame.reverse() ? 1 : 0);
    int[] way = ways.computeIfAbsent(key, k -> way(frame));
    for (int i = 0; i + 1 < way.length; i++) {
      if (way[i] == link) {
        return way[i + 1];
      }
    }
    return -1;
  }

  private int[] way(SeenFrame frame) {
    int one = frame.connection().sourcePod();
    int other = frame.connection().destinationPod();
    int hash = lab.engine.hash.of(frame.connection(), frame.reverse());
    List<Link> route =
        frame.reverse()
            ? lab.cluster.route(other, one, hash)
            : lab.cluster.route(one, other, hash);
    return route.stream().mapToInt(Link::id).toArray();
  }

  /** Fails unless the books of every port balance. */
  void check() {
    long nowPs = lab.simulator.nowPs();
    settle(nowPs, -1);
    for (Link link : lab.cluster.topology().links()) {
      int port = link.id();
      Ports ports = lab.engine.ports;
      int inside = ports.framesInside(port);
      if (inside == 0) {
        assertThat(ports.takenBytes(port)).as("bytes through %s", link.name())
            .isEqualTo(leftBytes[port]);
      }
      if (ofSwitch[port]) {
        assertThat(ports.droppedFrames(port)).as("frames dropped at %s", link.name())
            .isEqualTo(dropped[port]);
        assertThat(came[port]).as("frames that came to %s", link.name())
            .isEqualTo(left[port] + dropped[port] + inside);
        assertThat(stayPs[port] + inside * nowPs).as("time that frames spent at %s", link.name())
            .isEqualTo(areaPs[port]);
      }
    }
  }
}
