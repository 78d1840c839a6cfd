package org.podpath.experiments.scenario;

import java.util.OptionalLong;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Default;
import org.podpath.experiments.yaml.InvalidParameters;
import org.podpath.experiments.yaml.Range;

/** The table of connections on every node, of networks that go through netfilter or Open vSwitch. */
@Explain("The table of connections on every node, of networks that go through netfilter or Open"
    + " vSwitch.")
public record Conntrack(
    @Explain("Connections that it takes; the first packet of one more is dropped.")
    @Default("262144") @Range(least = 1, most = 1_000_000_000) long max,
    @Explain("Buckets of its hash table; connections of the same bucket are searched one by one.")
    @Default("as many as max")
    @Range(least = 1, most = 1_000_000_000) OptionalLong buckets,
    @Explain("Connections of others that are in it all the time.")
    @Default("0") @Range(most = 1_000_000_000) long entries) {

  /**
   * A table that holds what is in it.
   *
   * @throws InvalidParameters if it does not
   */
  public Conntrack {
    if (entries > max) {
      throw new InvalidParameters("entries", entries + " connections do not fit; write at most "
          + max);
    }
  }

  /** How many buckets there are. */
  public long bucketCount() {
    return buckets.orElse(max);
  }
}
