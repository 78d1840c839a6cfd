package org.podpath.engine.datapath;

import java.util.List;
import java.util.Optional;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.datapath.Uncontended.Counts;
import org.podpath.engine.datapath.Uncontended.Demand;
import org.podpath.engine.datapath.Uncontended.Step;

/**
 * The hosts of two guests on the way from one to the other: a vhost thread sends; a softirq takes frames
 * from the wire, and a vhost thread delivers what GRO made of them.
 *
 * @param sendCpu of the vhost thread at {@code from}
 * @param softirqCpu takes the card's interrupts at {@code to}
 * @param deliverCpu of the vhost thread there
 */
public record Guests(
    Host from, int sendCpu, Segment send, Host to, int softirqCpu, Segment receive, int deliverCpu,
    Segment deliver) {

  /**
   * The hosts between two pods; empty where pods run on hosts themselves.
   *
   * @param flowHash of the frames
   * @param answers whether they are acknowledgements of what {@code destinationPod} sent
   */
  public static Optional<Guests> on(
      Cluster cluster, NetworkPaths paths, int sourcePod, int destinationPod, int flowHash,
      boolean answers) {
    Host from = cluster.hostOf(sourcePod);
    Host to = cluster.hostOf(destinationPod);
    Optional<HostPaths.Below> out = paths.on(from.profile()).below();
    Optional<HostPaths.Below> in = paths.on(to.profile()).below();
    if (out.isEmpty() || in.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Guests(
            from,
            cluster.datapathCpu(sourcePod),
            answers ? out.get().answer() : out.get().send(),
            to,
            cluster.softirqCpu(destinationPod, answers, flowHash),
            answers ? in.get().receiveAnswer() : in.get().receive(),
            to.datapathCpu(flowHash),
            in.get().deliver()));
  }

  /**
   * What a byte of a stream asks of them.
   *
   * @param sent packets and frames from the guest
   * @param joined what the card brings, and what GRO makes of it
   * @param cold packets that find the softirq's core cold
   */
  List<Demand> demands(Uncontended way, Counts sent, Counts joined, double cold) {
    Counts delivered = new Counts(0, joined.packets(), joined.packets(), 0, joined.bytes());
    StreamWay streams = way.streams();
    return List.of(
        streams.cpu(from, sendCpu, send, sent, 0),
        streams.cpu(to, softirqCpu, receive, joined, cold),
        streams.cpu(to, deliverCpu, deliver, delivered, 0));
  }

  Step.Pass sends(Counts counts) {
    return new Step.Pass(from, sendCpu, send, true, counts);
  }

  Step.Pass takes(Counts counts) {
    return new Step.Pass(to, softirqCpu, receive, false, counts);
  }

  Step.Pass delivers(Counts counts) {
    return new Step.Pass(to, deliverCpu, deliver, false, counts);
  }
}
