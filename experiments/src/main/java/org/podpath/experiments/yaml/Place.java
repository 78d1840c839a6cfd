package org.podpath.experiments.yaml;

/**
 * Where the user wrote something: a line of a file, or an option of the command line.
 *
 * @param source the file as the user named it, or the option
 * @param line from 1; 0 where the source has no lines
 */
public record Place(String source, int line) {

  /** As it opens a fault: {@code file:line}, or the source alone. */
  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line;
  }
}
