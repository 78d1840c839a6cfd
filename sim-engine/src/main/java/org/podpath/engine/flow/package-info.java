/**
 * The flow engine: rates of flows instead of packets. Links and cores are resources of one
 * fair-sharing problem; it is solved again when a stream starts or ends. Messages go from stage to
 * stage: they wait for the messages before them, and for streams as long as a sample of what is known
 * of their windows and bursts says. Datagrams are a flow for each place that may drop some. A run in
 * which others would lose something says so.
 */
package org.podpath.engine.flow;
