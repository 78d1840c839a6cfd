package org.podpath.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.HostProfile;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.cluster.Receive;
import org.podpath.engine.cluster.Tenant;
import org.podpath.engine.cluster.Topology;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Meeting;
import org.podpath.engine.datapath.Meetings;
import org.podpath.engine.datapath.Network;
import org.podpath.engine.datapath.NetworkPaths;
import org.podpath.engine.datapath.Parts;
import org.podpath.engine.datapath.StreamWay;
import org.podpath.engine.datapath.Uncontended;
import org.podpath.engine.datapath.Uncontended.Demand;

/** What streams that share cores or links take of cores, frames being 9,000 B. */
class StreamMeetingsTest {
  @Test
  void aStreamThatMeetsNoOtherTakesWhatItTakesAlone() {
    StreamWay way = way("flannel", "seed10g");

    assertThat(way.demands(way.told(Meetings.NONE))).isEqualTo(way.demands(Meetings.NONE));
    assertThat(way.told(meetings(Meeting.in(1, 1, 1), Meeting.out(1, 1)))).isEqualTo(Meetings.NONE);
  }

  /** GRO finds the frames of a stream in a row only where those of others are not in between. */
  @ParameterizedTest
  @ValueSource(strings = {"flannel", "cilium", "ovn-kubernetes"})
  void theMoreSendersMeetInPollsTheSmallerAreSuperPackets(String network) {
    StreamWay way = way(network, "seed10g");
    double one = received(way, Meetings.NONE);
    double two = received(way, in(2, 2));
    double eight = received(way, in(8, 8));

    assertThat(two).isGreaterThan(1.05 * one);
    assertThat(eight).isGreaterThan(1.1 * two);
    // a poll of 64 frames has eight of each
    assertThat(packetBytes(way, in(8, 8))).isBetween(3.5 * 8950.0, 16 * 8950.0);
  }

  /** Of 64 frames that are polled, each of 64 streams has one or two. */
  @Test
  void manyStreamsLeaveLittleToJoin() {
    StreamWay way = way("cilium", "seed10g");

    assertThat(packetBytes(way, in(64, 64))).isLessThan(3 * 8950);
  }

  /** Alone, a fast core that sends to a slow one idles between acknowledgements, and is cold again. */
  @Test
  void aCoreThatSendsToSeveralIsColdMoreRarely() {
    StreamWay way = way("flannel", "ref");
    Meetings toFour = way.told(meetings(Meeting.out(4, 4), Meeting.ALONE));

    assertThat(coldSent(way, toFour)).isLessThan(0.5 * coldSent(way, Meetings.NONE));
  }

  /** What comes in super-packets with gaps between them finds cores cold and polls empty. */
  @ParameterizedTest
  @CsvSource({"2, 1.1", "8, 2"})
  void aStreamThatGetsAPartOfItsLinkTakesMoreForEachByte(int parts, double atLeast) {
    StreamWay way = way("flannel", "seed10g");

    assertThat(received(way, way.told(Meetings.NONE.of(new Parts(parts, 1)))))
        .isGreaterThan(atLeast * received(way, Meetings.NONE));
    assertThat(packetBytes(way, way.told(Meetings.NONE.of(new Parts(parts, 1)))))
        .isLessThan(packetBytes(way, Meetings.NONE));
  }

  /** Frames for cores that poll apart come in turns over one link, so that each poll finds fewer. */
  @Test
  void streamsThatShareALinkAloneComeInSmallerSuperPackets() {
    StreamWay way = way("flannel", "ref");
    Meetings onOneLink = meetings(Meeting.ALONE, Meeting.in(1, 1, 4));

    assertThat(packetBytes(way, onOneLink)).isLessThan(0.8 * packetBytes(way, Meetings.NONE));
    assertThat(way.told(meetings(Meeting.ALONE, Meeting.in(4, 4, 4))).receiving().groups()).isOne();
  }

  /** The window opens as what it holds is read: what others read in between makes bursts of the rest. */
  @Test
  void aStreamThatIsReadInTurnsIsReceivedInSmallerSuperPackets() {
    StreamWay way = way("flannel", "seed10g");

    assertThat(packetBytes(way, Meetings.NONE.of(new Parts(1, 4))))
        .isLessThan(0.8 * packetBytes(way, Meetings.NONE));
    assertThat(way.told(Meetings.NONE.of(new Parts(1, 5))).parts().reads()).isEqualTo(4);
  }

  /** Steps of a half at most, and never more streams than a poll has frames. */
  @Test
  void fewMeetingsAreToldApart() {
    StreamWay way = way("cilium", "ref");

    assertThat(way.told(in(7, 7)).receiving()).isEqualTo(new Meeting(6, 1, 1, 1));
    assertThat(way.told(in(1000, 1000)).receiving()).isEqualTo(new Meeting(64, 1, 1, 1));
    assertThat(way.told(in(1000, 10)).receiving()).isEqualTo(new Meeting(8, 1, 8, 1));
    assertThat(way.told(Meetings.NONE.of(new Parts(100, 1))).parts().wire()).isEqualTo(64);
  }

  /** What a core finds cold more rarely costs less by the cold factor's part alone. */
  @Test
  void aCoreThatIsNeverColdCostsWhatIsNotCold() {
    StreamWay way = way("flannel", "seed10g");
    Demand.OnCpu polls = polls(way, Meetings.NONE);
    Demand.OnCpu never = way.colder(polls, 0);
    Demand.OnCpu half = way.colder(polls, 0.5);

    assertThat(never.coldPerByte()).isZero();
    assertThat(half.coldPerByte()).isCloseTo(polls.coldPerByte() / 2, within(1e-15));
    double saved = polls.secondsPerByte() - never.secondsPerByte();
    assertThat(polls.secondsPerByte() - half.secondsPerByte()).isCloseTo(saved / 2, within(1e-18));
    assertThat(way.colder(polls, 1)).isEqualTo(polls);
  }

  private static Meetings in(int streams, int senders) {
    return meetings(Meeting.ALONE, Meeting.in(streams, senders, senders));
  }

  private static Meetings meetings(Meeting sending, Meeting receiving) {
    return new Meetings(sending, receiving, Parts.ALL);
  }

  /** Seconds of the receiving core for a byte: polls, their acknowledgements and reading. */
  private static double received(StreamWay way, Meetings meetings) {
    return onCpus(way, way.told(meetings)).stream()
        .skip(2)
        .mapToDouble(Demand::secondsPerByte)
        .sum();
  }

  private static double packetBytes(StreamWay way, Meetings meetings) {
    return 1 / polls(way, way.told(meetings)).perByte().packets();
  }

  private static double coldSent(StreamWay way, Meetings meetings) {
    return onCpus(way, meetings).get(0).coldPerByte() + onCpus(way, meetings).get(1).coldPerByte();
  }

  private static Demand.OnCpu polls(StreamWay way, Meetings meetings) {
    return onCpus(way, meetings).get(2);
  }

  /** In order: what is sent, the answers that come back, what polls take, their answers, reading. */
  private static List<Demand.OnCpu> onCpus(StreamWay way, Meetings meetings) {
    return way.demands(meetings)
        .stream()
        .filter(Demand.OnCpu.class::isInstance)
        .map(Demand.OnCpu.class::cast)
        .toList();
  }

  private static StreamWay way(String network, String profileId) {
    HostProfile profile = Profiles.of(profileId);
    Kernel kernel = new Kernel(profile);
    Cni cni = CniCatalog.of(network).plain(kernel);
    Network networks =
        new Network(cni, TcpStack.on(kernel), 9000 - cni.send().headerBytes(), 9000);
    List<Host> hosts = List.of(host(0, profile), host(1, profile));
    Topology topology = Topology.oneSwitch(hosts, profile.nicBitsPerSecond(), 250_000, 500_000);
    List<Pod> pods =
        List.of(new Pod(0, "client", 0, 0, 0, 1, 0), new Pod(1, "server", 1, 0, 0, 1, 0));
    Cluster cluster = new Cluster(topology, List.of(new Tenant(0, "blue")), pods);
    return new Uncontended(cluster, new NetworkPaths(networks), 0, 1, 0, 0).streams();
  }

  private static Host host(int id, HostProfile profile) {
    return new Host(id, "host" + id, profile, 2, false, Receive.POD_CORE, 1);
  }
}
