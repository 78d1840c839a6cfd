package org.podpath.experiments.scenario;

import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Default;
import org.podpath.experiments.yaml.NameOf;
import org.podpath.experiments.yaml.PlainNumber;
import org.podpath.experiments.yaml.Range;

/** The machines and the wires between them. */
@Explain("The machines and the wires between them.")
public record Cluster(
    @Explain("Hosts: host0, host1, … on one switch.") @Range(least = 1, most = 65_536) int hosts,
    @Explain("Physical cores of each host.")
    @Default("8") @Range(least = 1, most = 1_024) int cores,
    @Explain("GPUs of each host; a rank or a server of models has one for itself.")
    @Default("4") @Range(most = 1_024) int gpus,
    @Explain("How fast a host is and what its kernel costs.")
    @Default("ref") @NameOf("profile") String profile,
    @Explain("Speed of each host's network card and of its link.")
    @Default("the profile's")
    @Range(least = 1_000_000, most = 8_000_000_000_000L) OptionalLong nicBitsPerSecond,
    @Explain("Largest IP packet on the wire, in bytes.")
    @Default("the profile's") @PlainNumber @Range(least = 576, most = 65_535) OptionalInt mtuBytes,
    @Explain("Which CPU takes the interrupts for what arrives.") @Default("rss") Receive receive,
    @Explain("Receive queues of each network card; queue i interrupts CPU i.")
    @Default("as many as cores") @Range(least = 1, most = 2_048) OptionalInt queues,
    @Explain("Whether each core is two CPUs; CPU i and CPU i + cores are then the two of a core.")
    @Default("false") boolean smt,
    @Explain("CPUs by pod; pods not named get CPUs in turn.") @Default("{}") Map<String, Pin> pin,
    @Explain("Time that a bit takes along one link.")
    @Default("250ns") @Range(most = 1_000_000_000_000L) long linkDelayPs,
    @Explain("Time that the switch takes to forward a packet.")
    @Default("500ns") @Range(most = 1_000_000_000_000L) long switchLatencyPs) {

  /** What the operating system of a host schedules on: two for each core with SMT, else one. */
  public int cpus() {
    return smt ? 2 * cores : cores;
  }

  /** Receive queues of each network card. */
  public int queueCount() {
    return queues.orElse(cores);
  }
}
