package org.podpath.experiments.bench;

import org.podpath.engine.cluster.Pod;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.results.CpuTime;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.engine.results.LinkUse;
import org.podpath.engine.results.QueueUse;
import org.podpath.engine.results.Recorder;

/** Keeps of a run only a checksum of the times at which flows ended. */
final class FinishTimes implements Recorder {
  private final Simulator simulator;
  private long checksum;
  private long deliveredBytes;

  FinishTimes(Simulator simulator) {
    this.simulator = simulator;
  }

  long checksum() {
    return checksum;
  }

  long deliveredBytes() {
    return deliveredBytes;
  }

  @Override
  public void flow(FinishedFlow flow) {
    deliveredBytes += flow.deliveredBytes();
    checksum = 31 * (31 * checksum + flow.flow().id()) + simulator.nowPs();
  }

  @Override
  public void latency(int tenant, String path, String metric, long latencyPs) {}

  @Override
  public void loadedRoundTrip(Pod source, Pod destination, long roundTripPs) {}

  @Override
  public void cpu(CpuTime time) {}

  @Override
  public void link(LinkUse use) {}

  @Override
  public void unfinished(String what, boolean inVain) {
    throw new IllegalStateException("a workload stopped early: " + what);
  }

  @Override
  public void stuck(String why) {
    throw new IllegalStateException("a workload got stuck: " + why);
  }

  @Override
  public void queue(QueueUse use) {}

  @Override
  public void note(String what) {}

  @Override
  public void outsideValidity(String why) {}
}
