package org.podpath.experiments.tables;

import org.podpath.experiments.Explain;

/**
 * How long something took for one tenant on one path: a distribution. A quantile q of n samples is
 * null where n(1-q) is under 100. Intervals of quantiles are of order statistics: they hold for samples
 * that do not depend on each other.
 */
public record LatencyRow(
    @Explain("Number of the run.") long runId,
    @Explain("Tenant whose times these are; none where they are a host's.") @Nullable String tenant,
    @Explain("From where to where, such as client to server, or the host.") String path,
    @Explain("What was timed, such as a transaction.") String metric,
    @Explain("Samples.") long count,
    @Explain("Mean; none without samples.") Long meanNs,
    @Explain("Median; none with fewer than 200 samples.") Long p50Ns,
    @Explain("90th percentile; none with fewer than 1,000 samples.") Long p90Ns,
    @Explain("99th percentile; none with fewer than 10,000 samples.") Long p99Ns,
    @Explain("99.9th percentile; none with fewer than 100,000 samples.") Long p999Ns,
    @Explain("99.99th percentile; none with fewer than 1,000,000 samples.") Long p9999Ns,
    @Explain("Largest sample; none without samples.") Long maxNs,
    @Explain("Lower end of the 95 % confidence interval of p99_ns; none without.") Long p99LowNs,
    @Explain("Upper end of the 95 % confidence interval of p99_ns; none without.") Long p99HighNs,
    @Explain("Lower end of that of p50_ns; none without.") Long p50LowNs,
    @Explain("Upper end of that of p50_ns; none without.") Long p50HighNs,
    @Explain("Lower end of that of p90_ns; none without.") Long p90LowNs,
    @Explain("Upper end of that of p90_ns; none without.") Long p90HighNs,
    @Explain("Lower end of that of p999_ns; none without.") Long p999LowNs,
    @Explain("Upper end of that of p999_ns; none without.") Long p999HighNs,
    @Explain("Lower end of that of p9999_ns; none without.") Long p9999LowNs,
    @Explain("Upper end of that of p9999_ns; none without.") Long p9999HighNs,
    @Explain("All samples in nanoseconds as an HdrHistogram, encoding V2 without compression.")
    @Nullable byte[] histogram) {}
