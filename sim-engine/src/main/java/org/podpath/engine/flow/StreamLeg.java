package org.podpath.engine.flow;

/** A stream that moves. */
final class StreamLeg extends Leg {
  private final Direction direction;

  StreamLeg(Transfer stream) {
    super(stream);
    direction = stream.direction;
  }

  @Override
  Use use() {
    return direction.use(transfer.flow.bytes());
  }

  @Override
  double secondsPerByte(int resource) {
    return direction.secondsPerByte(resource);
  }

  @Override
  double packetBytes() {
    return direction.uncontended().burstBytes();
  }

  @Override
  double burstSeconds(int resource, StreamRates rates) {
    return direction.burstSeconds(resource, rates);
  }

  @Override
  double standingSeconds(int resource, StreamRates rates) {
    if (direction.tightest(rates) != resource) {
      return 0;
    }
    return direction.queuedBytes(transfer, rates.leftBytes(this), rates.bytesPerSecond(this))
        * direction.secondsPerByte(resource);
  }

  @Override
  boolean answersWait(StreamRates rates) {
    return direction.answersWait(rates);
  }
}
