package org.podpath.engine.packet;

import org.podpath.engine.cluster.Pod;
import org.podpath.engine.results.CpuTime;
import org.podpath.engine.results.FinishedFlow;
import org.podpath.engine.results.LinkUse;
import org.podpath.engine.results.QueueUse;
import org.podpath.engine.results.Recorder;

/** Keeps nothing of what a run reports, for runs of millions of flows. */
class Nobody implements Recorder {
  @Override
  public void flow(FinishedFlow flow) {}

  @Override
  public void latency(int tenant, String path, String metric, long latencyPs) {}

  @Override
  public void loadedRoundTrip(Pod source, Pod destination, long roundTripPs) {}

  @Override
  public void cpu(CpuTime time) {}

  @Override
  public void link(LinkUse use) {}

  @Override
  public void queue(QueueUse use) {}

  @Override
  public void note(String what) {}

  @Override
  public void unfinished(String what, boolean inVain) {}

  @Override
  public void stuck(String why) {}

  @Override
  public void outsideValidity(String why) {}
}
