/**
 * The command line: one class for each command. Results go to standard output, everything else to
 * standard error; exit status 0 done, 1 a run failed or a claim no longer holds, 2 wrong input.
 */
package org.podpath.experiments.cli;
