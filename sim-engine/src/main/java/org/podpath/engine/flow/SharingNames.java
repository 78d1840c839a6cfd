package org.podpath.engine.flow;

/** What messages about mistakes call flows and resources. */
public interface SharingNames {
  /** Who has nothing but numbers. */
  SharingNames NUMBERS = new SharingNames() {
    @Override
    public String flow(int number) {
      return "flow " + number;
    }

    @Override
    public String resource(int number) {
      return "resource " + number;
    }
  };

  /** A flow by its number, such as {@code flow 3}. */
  String flow(int number);

  /** A resource by its number, such as {@code CPU 1 of host0}. */
  String resource(int number);
}
