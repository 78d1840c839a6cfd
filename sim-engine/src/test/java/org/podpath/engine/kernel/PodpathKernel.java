package org.podpath.engine.kernel;

/** The kernel under test. */
record PodpathKernel(Simulator simulator) implements Kernel {
  @Override
  public int register(Entity entity) {
    return simulator.register(entity);
  }

  @Override
  public long nowPs() {
    return simulator.nowPs();
  }

  @Override
  public void wake(int id, long atPs) {
    simulator.wake(id, atPs);
  }

  @Override
  public void cancel(int id) {
    simulator.cancel(id);
  }

  @Override
  public void after(long delayPs, EventHandler handler) {
    simulator.after(delayPs, handler);
  }

  @Override
  public void runUntil(long endPs) {
    simulator.runUntil(endPs);
  }
}
