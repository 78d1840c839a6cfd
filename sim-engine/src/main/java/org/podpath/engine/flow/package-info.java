/**
 * The flow engine: rates of flows instead of packets. Links and cores are resources of one
 * fair-sharing problem; it is solved again when a stream starts or ends. Messages take the time of
 * their stages; what they would wait behind others is not modelled, and such runs say so.
 */
package org.podpath.engine.flow;
