/**
 * What jobs did and when, as a picture: a Chrome trace, which Perfetto (ui.perfetto.dev) and
 * chrome://tracing open.
 *
 * <p>{@link Timeline} writes the file and knows neither jobs nor ranks: who calls it says what a
 * process, a thread and a span are.
 */
package org.podpath.experiments.timeline;
