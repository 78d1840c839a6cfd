package org.rapaio.jupyter.kernel.channels;

/**
 * A thread that repeats its body until it is shut down: stands in for the class of this name in
 * rapaio-jupyter-kernel 3.0.1, with which the kernel on a busy machine often never answers.
 *
 * <p>That one marks its thread as running after it was started, so that a thread quicker than the
 * mark ends at once; and it dies of a message that arrives before the kernel knows its handlers.
 * Here the mark comes first, and a body that failed is run again: Jupyter asks until it is
 * answered. Once the kernel does both, this file can go.
 */
public final class LoopThread extends Thread {
  private final long sleepMs;
  private final Runnable loopBody;
  private volatile boolean running = true;

  /** A thread, not yet started, that runs {@code loopBody} every {@code sleepMs} milliseconds. */
  public LoopThread(String name, long sleepMs, Runnable loopBody) {
    super(name);
    this.sleepMs = sleepMs;
    this.loopBody = loopBody;
  }

  @Override
  public void run() {
    try {
      while (running) {
        Thread.sleep(sleepMs);
        runBody();
      }
    } catch (InterruptedException e) {
      running = false;
    }
  }

  private void runBody() {
    try {
      loopBody.run();
    } catch (RuntimeException e) {
      if (running) { // what fails after the shutdown is of no interest
        System.err.println(getName() + ": " + e);
      }
    }
  }

  /** Lets the body that runs now end, and runs no other. */
  public void shutdown() {
    running = false;
  }
}
