/**
 * What a network, or a kind of host, is in words and tables: for the terminal and for {@code
 * PATHS.md}.
 *
 * <p>{@link PathReport} is the way in. {@link PathTable} turns a list of stages into rows and knows
 * what each is charged for; {@link PathText} and {@link PathMarkdown} only lay them out. Nothing is
 * computed here that the engines do not compute too; the tests compare the sums. A new kind of
 * stage is a case in {@code PathTable}.
 */
package org.podpath.experiments.explain;
