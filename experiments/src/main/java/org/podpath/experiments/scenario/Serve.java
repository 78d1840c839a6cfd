package org.podpath.experiments.scenario;

import java.util.List;
import java.util.OptionalLong;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Default;
import org.podpath.experiments.yaml.Range;

/** Serving: requests arrive whether or not the replies to earlier ones have. */
@Explain("Requests that do not wait for replies (open loop), served one after the other.")
public record Serve(
    @Explain("Servers, each a pod with a GPU.")
    @Default("1") @Range(least = 1, most = 65_536) int servers,
    @Explain("Clients, each a pod that sends an equal share of the requests.")
    @Default("1") @Range(least = 1, most = 65_536) int clients,
    @Explain("Mean number of requests of all clients together.")
    @Range(least = 1, most = 3_600_000_000_000L) long ratePerHour,
    @Explain("When requests leave.") @Default("poisson") Arrivals arrivals,
    @Explain("Payload of a request.")
    @Range(least = 1, most = 1_000_000_000_000_000L) long requestBytes,
    @Explain("Payload of a reply.")
    @Range(least = 1, most = 1_000_000_000_000_000L) long replyBytes,
    @Explain("Time that a server takes for a request; it handles one after the other.")
    @Range(most = 3_600_000_000_000_000L) long servicePs,
    @Explain("Time within which the reply should have arrived.")
    @Default("any") @Range(least = 1) OptionalLong sloPs,
    @Explain("Requests of all clients together.")
    @Default("as many as the run's duration allows")
    @Range(least = 1, most = 1_000_000_000) OptionalLong requests) implements Job {

  private static final double SECONDS_PER_HOUR = 3_600;

  @Override
  public List<String> pods() {
    return List.of();
  }

  /** Mean number of requests of all clients together, per second. */
  public double ratePerSecond() {
    return ratePerHour / SECONDS_PER_HOUR;
  }
}
