package org.podpath.engine.kernel;

/** What a model asks of a kernel: the same model on several kernels must see the same events. */
interface Kernel {
  int register(Entity entity);

  long nowPs();

  void wake(int id, long atPs);

  void cancel(int id);

  void after(long delayPs, EventHandler handler);

  void runUntil(long endPs);
}
