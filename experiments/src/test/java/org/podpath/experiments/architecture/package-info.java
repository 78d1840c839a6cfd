/**
 * The rules that hold between packages, checked on the compiled classes of every module.
 *
 * <p>A rule that is broken names the class and line that break it. To add one: write a test with
 * the sentence as its name, and try once that it fails for a class that breaks it.
 */
package org.podpath.experiments.architecture;
