package org.podpath.engine.flow;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.datapath.Guests;
import org.podpath.engine.datapath.Poller;
import org.podpath.engine.datapath.Uncontended;

/** The cores and links that streams of one direction pass, by their numbers. */
final class Places {
  private final Uncontended uncontended;
  /** The resources that data passes, one after the other. */
  private final int[] way;
  private final int[] links;
  private final int sendCpu;
  private final int receiveCpu;
  private final int pollCpu;
  private final int[] coldCpus;
  private final long reachPs;

  Places(Uncontended uncontended, int sourcePod, Resources numbers) {
    this.uncontended = uncontended;
    sendCpu = numbers.cpu(uncontended.source(), uncontended.sendCpu());
    receiveCpu = numbers.cpu(uncontended.destination(), uncontended.softirqCpu());
    pollCpu =
        uncontended.steering().map(at -> numbers.cpu(at.host(), at.cpu())).orElse(receiveCpu);
    coldCpus = new int[] {
        sendCpu, numbers.cpu(uncontended.source(), uncontended.acknowledgementCpu()), receiveCpu
    };
    reachPs = uncontended.messagePs(1);
    way = way(sourcePod, numbers);
    links = uncontended.links().stream().mapToInt(numbers::link).toArray();
  }

  private int[] way(int sourcePod, Resources numbers) {
    IntStream.Builder all = IntStream.builder().add(sendCpu);
    Optional<Guests> guests = uncontended.guests();
    guests.ifPresent(hosts -> all.add(numbers.cpu(hosts.from(), hosts.sendCpu())));
    uncontended.limit().ifPresent(limit -> all.add(numbers.function(sourcePod)));
    List<Poller> pollers = uncontended.pollers();
    pollers.stream().limit(1).forEach(poller -> all.add(number(poller, numbers)));
    uncontended.links().forEach(link -> all.add(numbers.link(link)));
    pollers.stream().skip(1).forEach(poller -> all.add(number(poller, numbers)));
    guests.ifPresent(hosts -> all.add(numbers.cpu(hosts.to(), hosts.deliverCpu())));
    if (pollCpu != receiveCpu) {
      all.add(pollCpu);
    }
    all.add(receiveCpu);
    all.add(numbers.cpu(uncontended.destination(), uncontended.readCpu()));
    return all.build().toArray();
  }

  private static int number(Poller poller, Resources numbers) {
    return numbers.cpu(poller.host(), poller.cpu());
  }

  /** The CPU that sends its frames. */
  int sendCpu() {
    return sendCpu;
  }

  /** When what is sent comes to its reader on idle hosts. */
  long reachPs() {
    return reachPs;
  }

  /** The CPUs that a stream may find cold: that sends, that hears of answers, that polls. */
  int[] coldCpus() {
    return coldCpus;
  }

  /** How long one of these has to idle for that. */
  double coldIdlePs(int index) {
    Host host = index == 2 ? uncontended.destination() : uncontended.source();
    return host.profile().coldIdlePs();
  }

  /** Whether the resource is a link that data passes, or the virtual function before it. */
  boolean isLink(int resource) {
    for (int i = 1; i < way.length - 2; i++) {
      if (way[i] == resource) {
        return true;
      }
    }
    return false;
  }

  /** The links that data passes, one after the other. */
  int[] links() {
    return links;
  }

  /** The CPU that hears of its frames. */
  int receiveCpu() {
    return receiveCpu;
  }

  /** The CPU that polls its frames. */
  int pollCpu() {
    return pollCpu;
  }

  /** What its frames pass before that: a link, a core that polls for all pods, a vhost thread. */
  int lastPlace() {
    return way[way.length - 3];
  }

  /** The CPU that reads them: the last on its way. */
  int readCpu() {
    return way[way.length - 1];
  }

  /**
   * Time that the resource is busy with what of a stream comes to it at once. Cores and cards see
   * super-packets, virtual functions what senders hand over, later places frames.
   */
  double burstSeconds(int resource, StreamDemand demand) {
    double seconds = demand.secondsPerByte(resource);
    for (int i = 2; i < way.length - 2; i++) {
      if (way[i] == resource) {
        return uncontended.segmentBytes() * seconds;
      }
    }
    boolean function = uncontended.limit().isPresent() && way[1] == resource;
    return (function ? demand.togetherBytes() : uncontended.burstBytes()) * seconds;
  }

  /**
   * The first resource on the way that is full, or nearly, behind which nothing waits; −1 if none
   * is. Where two are about as full, it is the first that bursts come to, and what is too much for the
   * second moves there too slowly to matter to a stream of some milliseconds.
   */
  int tightest(StreamRates streams) {
    for (int resource : way) {
      if (streams.isFull(resource)) {
        return resource;
      }
    }
    return -1;
  }
}
