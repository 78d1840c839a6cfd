package org.podpath.engine.kernel;

/** Something in the model that has at most one next event: a core, a link, a timer. */
@FunctionalInterface
public interface Entity {

  /**
   * The entity's event happens now.
   *
   * @param id the id that {@link Simulator#register} gave
   */
  void wake(int id);
}
