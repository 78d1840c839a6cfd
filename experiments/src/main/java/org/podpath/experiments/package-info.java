/**
 * From a scenario to result files: {@code scenario} says what to run, {@code run} runs it, {@code
 * tables} keeps what came out, {@code cli} is the command line. This package itself holds only what
 * all of them share.
 */
package org.podpath.experiments;
