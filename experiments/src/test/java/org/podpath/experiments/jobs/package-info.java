/**
 * Jobs of tenants played from scenario texts, against closed forms and against each other: what no
 * part of the program shows by itself. To add one: write its scenario in the test, play it with
 * {@link org.podpath.experiments.jobs.Played}.
 */
package org.podpath.experiments.jobs;
