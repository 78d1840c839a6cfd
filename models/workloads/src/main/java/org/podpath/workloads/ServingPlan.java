package org.podpath.workloads;

/**
 * An open-loop serving load: requests come whether or not earlier ones have been answered.
 *
 * @param requestsPerSecond over all clients
 * @param bursty whether the rate switches at random between a high and a low one with this mean
 * @param servicePs time a server takes for a request; it takes one after the other
 * @param requests to send; {@link Long#MAX_VALUE}: until the run ends
 */
public record ServingPlan(
    double requestsPerSecond,
    boolean bursty,
    long requestBytes,
    long replyBytes,
    long servicePs,
    long requests) {
  public ServingPlan {
    if (!(requestsPerSecond > 0) || requestBytes <= 0 || replyBytes <= 0 || servicePs < 0) {
      throw new IllegalArgumentException(
          requestsPerSecond + " requests/s of " + requestBytes + " B, replies of " + replyBytes
              + " B in " + servicePs + " ps are no load");
    }
  }
}
