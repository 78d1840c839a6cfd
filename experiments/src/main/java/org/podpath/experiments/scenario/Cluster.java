package org.podpath.experiments.scenario;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.podpath.engine.cluster.Cable;
import org.podpath.engine.cluster.Routing;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Default;
import org.podpath.experiments.yaml.InvalidParameters;
import org.podpath.experiments.yaml.InvalidParameters.Problem;
import org.podpath.experiments.yaml.NameOf;
import org.podpath.experiments.yaml.PlainNumber;
import org.podpath.experiments.yaml.Range;

/** The machines and the wires between them. */
@Explain("The machines and the wires between them.")
public record Cluster(
    @Explain("Hosts: host0, host1 and so on.")
    @Default("as many as the fabric has room for")
    @Range(least = 1, most = Cluster.MOST_HOSTS) OptionalInt hosts,
    @Explain("Physical cores of each host.")
    @Default("8") @Range(least = 1, most = 1_024) int cores,
    @Explain("GPUs of each host; a rank or a server of models has one for itself.")
    @Default("4") @Range(most = 1_024) int gpus,
    @Explain("How fast a host is and what its kernel costs.")
    @Default("ref") @NameOf("profile") String profile,
    @Explain("CSV file of your own costs beside the scenario, in place of those of the profile; podpath"
        + " calibrate writes one.")
    @Default("those of the profile") Optional<String> costs,
    @Explain("What the pods of a host run in. Where pods hold a function of the card or a port of a switch"
        + " that polls, each has a virtual machine of its own.")
    @Default("none") Machine machine,
    @Explain("Speed of each host's network card and of its link.")
    @Default("the profile's")
    @Range(least = 1_000_000, most = 8_000_000_000_000L) OptionalLong nicBitsPerSecond,
    @Explain("Largest IP packet on the wire, in bytes.")
    @Default("the profile's") @PlainNumber @Range(least = 576, most = 65_535) OptionalInt mtuBytes,
    @Explain("Which CPU takes the interrupts for what arrives.") @Default("rss") Receive receive,
    @Explain("Receive queues of each network card; queue i interrupts CPU i.")
    @Default("as many as cores") @Range(least = 1, most = 2_048) OptionalInt queues,
    @Explain("CPUs that the receive queues interrupt, in order (irq affinity), in place of queues; a"
        + " CPU that is named twice serves two queues, and so twice as many flows.")
    @Default("CPU i for queue i") @Range(least = 1) Optional<List<Integer>> irqCpus,
    @Explain("CPUs to which kernels steer what polls have joined, each flow to one by its hash (RPS); a"
        + " backlog of 1,000 packets stands before each.")
    @Default("none: it stays on the CPU that polled")
    @Range(least = 1) Optional<List<Integer>> rpsCpus,
    @Explain("Whether each core is two CPUs; CPU i and CPU i + cores are then the two of a core.")
    @Default("false") boolean smt,
    @Explain("Memory nodes (NUMA) of each host, with equal parts of its cores in order; network cards"
        + " are on the first. On the others a byte takes 1.4 times, everything else 1.15 times as"
        + " long.")
    @Default("1") @Range(least = 1, most = 64) int numaNodes,
    @Explain("Last-level cache of each host. What pods keep there beside packets (working-set) makes copies"
        + " take up to 1.5 times as long, by the share of it that finds no room.")
    @Default("room for all") @Range(least = 1, most = 1_000_000_000_000L) OptionalLong llcBytes,
    @Explain("CPUs by pod; pods not named get CPUs in turn.") @Default("{}") Map<String, Pin> pin,
    @Explain("Which switches there are, and what is joined to what.")
    @Default("single") FabricSpec fabric,
    @Explain("Time that a bit takes along one link.")
    @Default("250ns, or 5 ns for each metre of cable-length")
    @Range(most = 1_000_000_000_000L) OptionalLong linkDelayPs,
    @Explain("Length of each link's cable, in place of link-delay.")
    @Default("none") @Range(most = 20_000_000_000L) OptionalLong cableLengthMillimetres,
    @Explain("Time that a switch takes to forward a packet.")
    @Default("500ns") @Range(most = 1_000_000_000_000L) long switchLatencyPs,
    @Explain("What the ports of switches do with packets that cannot leave at once.")
    @Default("{}") Ports ports,
    @Explain("Which of several equally short ways a packet takes.")
    @Default("ecmp") RoutingKind routing,
    @Explain("With flowlet, the gap in a connection after which a burst begins; the default is that"
        + " of CONGA (SIGCOMM 2014).")
    @Default("500us")
    @Range(least = 1, most = 1_000_000_000_000L) long flowletGapPs) {
  /** More hosts than these are refused. */
  static final int MOST_HOSTS = 65_536;

  private static final long USUAL_LINK_DELAY_PS = 250_000;

  /**
   * Hosts that fit their fabric.
   *
   * @throws InvalidParameters with everything that does not go together
   */
  public Cluster {
    if (linkDelayPs.isPresent() && cableLengthMillimetres.isPresent()) {
      throw new InvalidParameters("cable-length", "link-delay says already how long a bit takes;"
          + " write one of the two");
    }
    if (cores % numaNodes != 0) {
      throw new InvalidParameters("numa-nodes", numaNodes + " nodes cannot share " + cores
          + " cores equally; write a divisor of them");
    }
    if (irqCpus.isPresent() && queues.isPresent()) {
      throw new InvalidParameters("irq-cpus",
          "queues says already how many there are; write one of the"
              + " two");
    }
    if (irqCpus.isPresent() && receive != Receive.RSS) {
      throw new InvalidParameters("irq-cpus",
          "interrupts come to the pods' CPUs; write receive: rss, or"
              + " leave it out");
    }
    if (rpsCpus.isPresent() && receive != Receive.RSS) {
      throw new InvalidParameters("rps-cpus",
          "the pods' CPUs take what arrives; write receive: rss, or leave it out");
    }
    List<Problem> problems = FabricRules.problems(hosts, gpus, fabric);
    if (!problems.isEmpty()) {
      throw new InvalidParameters(problems);
    }
  }

  /** How many hosts there are. */
  public int hostCount() {
    return hosts.orElseGet(() -> fabric.usualHosts().orElseThrow());
  }

  /** Time that a bit takes along a link. */
  public long delayPs() {
    return cableLengthMillimetres.isPresent()
        ? Cable.delayPs(cableLengthMillimetres.getAsLong())
        : linkDelayPs.orElse(USUAL_LINK_DELAY_PS);
  }

  /** Which of equally short ways a packet takes, in the words of the engine. */
  public Routing wayRule() {
    return routing.routing(flowletGapPs);
  }

  /** What the operating system of a host schedules on: two for each core with SMT, else one. */
  public int cpus() {
    return smt ? 2 * cores : cores;
  }

  /**
   * The CPUs that receive queues interrupt.
   *
   * @param datapathCores the last cores, which they leave alone
   */
  public List<Integer> queueCpus(int datapathCores) {
    return irqCpus.orElseGet(
        () -> IntStream.range(0, queues.orElse(cores - datapathCores)).boxed().toList());
  }
}
