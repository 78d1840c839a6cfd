/**
 * What a run reports: finished flows, latencies, CPU time. Engines and models hand it to a {@link
 * org.podpath.engine.results.Recorder}; files are somebody else's business.
 */
package org.podpath.engine.results;
