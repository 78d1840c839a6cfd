package org.podpath.engine.packet;

/** A piece of work that waits for a core and then has it until it is done or interrupted. */
interface Service {

  /**
   * The core is yours: take what is there to do.
   *
   * @return how long that takes, in picoseconds of a whole warm core
   */
  double beginPs(CpuCore core);

  /** The time has passed. */
  void end();
}
