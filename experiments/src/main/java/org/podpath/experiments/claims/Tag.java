package org.podpath.experiments.claims;

import java.util.Locale;

/** A group of claims that are checked together. */
public enum Tag {
  /** All of them together take less than two minutes. */
  FAST;

  /** Name on the command line and in files. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
