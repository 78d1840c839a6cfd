/**
 * Time: the clock, the events to come, and random numbers. Knows no network.
 *
 * <p>The world view is event scheduling in the words of DESMO-J: an experiment runs a model,
 * entities have events, and a trace tells what happened. An entity (a core, a link, a timer) is
 * registered once and has at most one next event, so the queue needs one number per entity;
 * everything else is a one-off event.
 */
package org.podpath.engine.kernel;
