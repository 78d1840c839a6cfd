package org.podpath.engine.flow;

import org.podpath.engine.datapath.Meetings;
import org.podpath.engine.datapath.Parts;
import org.podpath.engine.datapath.Uncontended;

/** A stream that moves. */
final class StreamLeg extends Leg {
  /** assumption: what cold cores cost hardly differs then. */
  private static final double SAME_RATIO = 0.01;

  private final Direction direction;
  private final boolean waitsForAnswers;
  private Meetings meetings = Meetings.NONE;
  /** Of the CPU that sends, the one that hears of answers, and the one that polls. */
  private final double[] coldRatios = {1, 1, 1};
  private final double[] foundRatios = {1, 1, 1};
  /** Of so many turns of the CPU that reads it gets one. */
  private double foundReads = 1;
  private final RestingPart wire = new RestingPart();
  private final RestingPart reads = new RestingPart();
  private StreamDemand demand;

  StreamLeg(Transfer stream) {
    super(stream);
    direction = stream.direction;
    waitsForAnswers = direction.waitsForAnswers(stream.flow.bytes());
    demand = direction.demand(meetings);
  }

  /** Whether it is longer than its window. */
  boolean waitsForAnswers() {
    return waitsForAnswers;
  }

  /** What it passes. */
  Uncontended way() {
    return direction.uncontended();
  }

  /** Whether a core polls its frames. */
  boolean isPolled() {
    return !direction.uncontended().local();
  }

  /** The CPU that polls its frames. */
  int pollCpu() {
    return direction.places().pollCpu();
  }

  /** The CPU that sends them. */
  int sendCpu() {
    return direction.places().sendCpu();
  }

  /** The CPU that reads them. */
  int readCpu() {
    return direction.places().readCpu();
  }

  /** What they pass before the CPU that polls them, such as the link to its host. */
  int lastPlace() {
    return direction.places().lastPlace();
  }

  /** Whether it takes what it takes in such meetings. */
  boolean meets(Meetings now) {
    return direction.uncontended().streams().told(now).equals(meetings);
  }

  /** From now on it is in these. */
  void meet(Meetings now) {
    meetings = direction.uncontended().streams().told(now);
    demand = direction.demand(meetings).cold(coldRatios);
  }

  /** The CPUs that it may find cold. */
  int[] coldCpus() {
    return direction.places().coldCpus();
  }

  /** How long one of these has to idle for that. */
  double coldIdlePs(int index) {
    return direction.places().coldIdlePs(index);
  }

  /** How often it finds one of these cold by now, over how often it would alone. */
  void find(int index, double coldRatio) {
    foundRatios[index] = coldRatio;
  }

  /** Others leave it that ratio of the CPU that reads. */
  void findReader(double ratio) {
    foundReads = 1 / ratio;
  }

  /** Whether it takes something else at the rates of the last solution. */
  boolean isOther(StreamRates rates, long instant) {
    for (int i = 0; i < foundRatios.length; i++) {
      if (Math.abs(foundRatios[i] - coldRatios[i]) > SAME_RATIO) {
        return true;
      }
    }
    return !meets(meetings.of(parts(rates, instant)));
  }

  /** From now on it takes that, or finds cores cold more or less often by a part of the difference. */
  void become(StreamRates rates, long instant, double newRatio) {
    for (int i = 0; i < foundRatios.length; i++) {
      coldRatios[i] += newRatio * (foundRatios[i] - coldRatios[i]);
    }
    Parts before = parts();
    meet(meetings.of(parts(rates, instant)));
    wire.became(before.wire(), parts().wire(), instant);
    reads.became(before.reads(), parts().reads(), instant);
  }

  /** What part it gets of what it shares. */
  Parts parts() {
    return meetings.parts();
  }

  private Parts parts(StreamRates rates, long instant) {
    double bytesPerSecond = rates.bytesPerSecond(this);
    int holder = rates.holder(this);
    int onWire = direction.places().isLink(holder) ? demand.wireParts(bytesPerSecond) : 1;
    boolean waits =
        holder == readCpu() && demand.fillsWindow(transfer.flow.bytes(), bytesPerSecond);
    int reading = waits ? (int) Math.round(foundReads) : 1;
    return new Parts(
        wire.next(parts().wire(), onWire, instant), reads.next(parts().reads(), reading, instant));
  }

  /** {@code bytes} have moved; returns how many frames answer them. */
  double moved(double bytes) {
    return demand.moved(bytes);
  }

  @Override
  Use use() {
    return demand.use(waitsForAnswers);
  }

  @Override
  double secondsPerByte(int resource) {
    return demand.secondsPerByte(resource);
  }

  @Override
  double beforeThreadsSecondsPerByte(int resource) {
    return demand.beforeThreadsSecondsPerByte(resource);
  }

  @Override
  double packetBytes() {
    return direction.uncontended().burstBytes();
  }

  @Override
  double burstSeconds(int resource, StreamRates rates) {
    return direction.places().burstSeconds(resource, demand);
  }

  @Override
  double standingSeconds(int resource, StreamRates rates) {
    return direction.places().tightest(rates) == resource ? waitingSeconds(resource, rates) : 0;
  }

  private double waitingSeconds(int resource, StreamRates rates) {
    return direction.queuedBytes(transfer, rates.leftBytes(this), rates.bytesPerSecond(this))
        * demand.secondsPerByte(resource);
  }

  @Override
  double windowSeconds(int resource) {
    return direction.windowBytes(transfer) * demand.secondsPerByte(resource);
  }

  @Override
  double mostSeconds(int resource, StreamRates rates) {
    double underwayBytes = direction.underwayBytes(rates.bytesPerSecond(this));
    return Math.max(0, direction.windowBytes(transfer) - underwayBytes)
        * demand.secondsPerByte(resource);
  }

  @Override
  int[] links() {
    return direction.places().links();
  }
}
