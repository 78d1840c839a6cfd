package org.podpath.engine.flow;

import java.util.List;
import org.podpath.engine.datapath.Interrupts;
import org.podpath.engine.datapath.Transport;
import org.podpath.engine.datapath.Uncontended;
import org.podpath.engine.datapath.Uncontended.Step;

/**
 * What a stream takes beyond its bytes at their rate. Its first burst is sent before the first frame
 * is on the wire and read after the last has come; and while the congestion window is smaller than
 * what the rate keeps on the way, the sender waits for acknowledgements once in each round trip.
 *
 * <p>Source: slow start, RFC 5681 section 3.1: the window grows by what is acknowledged, so it
 * doubles in each round trip.
 */
final class StreamStart {
  private static final double PS_PER_SECOND = 1e12;

  private final Uncontended way;
  private final Transport transport;
  private final int segmentBytes;
  /** Of what is asked most, a whole burst on warm cores; not a number until it is asked. */
  private double warmFillPs = Double.NaN;
  private double answeredBytes = Double.NaN;
  private double windowBytes;
  /** Whether nothing has been sent yet with a window of this size. */
  private boolean isNew;
  /** Sent without a pause in which an adaptive card forgets. */
  private double sentBytes;
  private long lastSentPs;

  /**
   * Time that is lost at the start.
   *
   * @param ps in all: waits for the window, and the way of a burst from core to core, its time at the
   *     tightest not counted
   * @param stallsPs the waits for the window
   * @param coldSends how many bursts find the sending core cold
   * @param coldReceives the same at the receiving one
   */
  record Lag(double ps, double stallsPs, double coldSends, double coldReceives) {}

  /** Of a connection on which nothing was sent yet. */
  StreamStart(Uncontended way, Transport transport, int segmentBytes) {
    this.way = way;
    this.transport = transport;
    this.segmentBytes = segmentBytes;
    reopen();
  }

  /** Nothing is known of the network again. */
  void reopen() {
    isNew = true;
    windowBytes =
        switch (transport) {
          case Transport.Tcp tcp -> (double) tcp.initialSegments() * segmentBytes;
          case Transport.Roce roce -> roce.windowBytes();
        };
  }

  /**
   * Something is about to be sent: after a long pause the window is small (RFC 5681, 4.1). The receiving
   * card was quiet since what was sent before had moved, and is until the first burst has come.
   */
  void wakeUp(long nowPs) {
    if (transport instanceof Transport.Tcp tcp && nowPs - lastSentPs > tcp.leastTimeoutPs()) {
      reopen();
    }
    if (nowPs - lastSentPs + fillPs(way.burstBytes(), 0, 0) > Interrupts.FORGETS_PS) {
      sentBytes = 0;
    }
    lastSentPs = nowPs;
  }

  /** So many bytes in a row have been sent until now: the window grows as far as they used it. */
  void sent(long bytes, long nowPs) {
    double used = Math.min(Math.min(windowBytes + bytes, 2.0 * bytes), transport.windowBytes());
    windowBytes = Math.max(windowBytes, used);
    sentBytes += bytes;
    isNew = false;
    lastSentPs = nowPs;
  }

  /** The window while a stream is under way that has sent so many bytes. */
  double windowBytes(double sentBytes) {
    return Math.min(windowBytes + sentBytes, Math.max(windowBytes, transport.windowBytes()));
  }

  /**
   * What {@code bytes} take on top of their time at a byte in {@code secondsPerByte}.
   *
   * @param coldSend probability that the first burst finds the sending core cold
   * @param coldReceive the same of the receiving core
   */
  Lag lag(long bytes, double secondsPerByte, double coldSend, double coldReceive) {
    long coldIdlePs = way.destination().profile().coldIdlePs();
    double stallsPs = 0;
    double sends = coldSend;
    double receives = coldReceive;
    double left = bytes;
    double window = way.local() ? bytes : windowBytes;
    double coldRounds = 0;
    while (window < left && window < transport.windowBytes()) {
      double stallPs =
          tripPs(window, sends, receives) - window * secondsPerByte * PS_PER_SECOND;
      if (stallPs <= 0) {
        break;
      }
      stallsPs += stallPs;
      left -= window;
      window *= 2;
      double coldAgain = stallPs >= coldIdlePs ? 1 : 0;
      coldRounds += coldAgain;
      sends = coldAgain;
      receives = coldAgain;
    }
    double lagPs = fillPs(bytes, coldSend, coldReceive);
    if (stallsPs > 0) {
      double lastPs = fillPs(Math.min(left, 2 * answeredBytes()), sends, receives);
      lagPs = Math.max(lagPs, stallsPs + lastPs);
    }
    if (isNew || sentBytes == 0) {
      double fillPs = fillPs(bytes, coldSend, coldReceive);
      double beginningPs = way.beginningPs(bytes, secondsPerByte, !isNew);
      lagPs = beginningPs > fillPs ? beginningPs : lagPs;
    } else {
      lagPs += way.bulkExtraPs();
    }
    return new Lag(lagPs, stallsPs, coldSend + coldRounds, coldReceive + coldRounds);
  }

  /**
   * What has been read of a stream some time after its start: what would have moved at an even rate,
   * but for the lag of what has been read. The more has been read, the longer was its lag, so there is
   * one such number. A burst counts when it has been read as a whole: in the mean half of one is
   * missing.
   *
   * @param movedBytes at an even rate from the start on
   */
  long readBytes(double movedBytes, double elapsedPs, double coldSend, double coldReceive) {
    double secondsPerByte = elapsedPs / PS_PER_SECOND / movedBytes;
    double least = 0;
    double most = movedBytes;
    while (most - least > 1) {
      double read = (least + most) / 2;
      double lagPs = lag(Math.round(read), secondsPerByte, coldSend, coldReceive).ps();
      if (read > movedBytes * (1 - lagPs / elapsedPs)) {
        most = read;
      } else {
        least = read;
      }
    }
    return (long) Math.max(0, least - way.burstBytes() / 2.0);
  }

  /** How long {@code bytes} alone wait for the window, the cores being warm. */
  double stallsPs(long bytes) {
    return bytes <= windowBytes ? 0 : lag(bytes, way.tightestSecondsPerByte(), 0, 0).stallsPs();
  }

  /** From the first byte of a burst to the next one that its first acknowledgement allows. */
  private double tripPs(double burst, double coldSend, double coldReceive) {
    double first = Math.min(burst, answeredBytes());
    double sent = Math.min(burst, way.burstBytes());
    return burstPs(first, coldSend, coldReceive)
        + (sent - first) * way.sendSecondsPerByte() * PS_PER_SECOND
        + stepsPs(way.answerSteps(), coldSend, coldReceive);
  }

  /** From the first byte of a burst to its last one, its time at the tightest core not counted. */
  private double fillPs(double bytes, double coldSend, double coldReceive) {
    double burst = Math.min(bytes, way.burstBytes());
    boolean usual = burst == way.burstBytes() && coldSend == 0 && coldReceive == 0;
    if (usual && !Double.isNaN(warmFillPs)) {
      return warmFillPs;
    }
    double flowsPs = burst * way.tightestSecondsPerByte() * PS_PER_SECOND;
    double fillPs = Math.max(0, burstPs(burst, coldSend, coldReceive) - flowsPs);
    warmFillPs = usual ? fillPs : warmFillPs;
    return fillPs;
  }

  private double answeredBytes() {
    if (Double.isNaN(answeredBytes)) {
      answeredBytes = way.answeredBytes();
    }
    return answeredBytes;
  }

  private double burstPs(double burst, double coldSend, double coldReceive) {
    long bytes = Math.max(1, Math.round(burst));
    return stepsPs(way.messageSteps(bytes, coldReceive > 0), coldSend, coldReceive);
  }

  private double stepsPs(List<Step> steps, double coldSend, double coldReceive) {
    double sumPs = 0;
    for (Step step : steps) {
      sumPs +=
          switch (step) {
            case Step.Wait wait -> wait.delayPs();
            case Step.Ring ring -> ring.delayPs();
            case Step.Beside beside -> 0;
            case Step.Pass pass -> {
              boolean there = pass.host().id() == way.destination().id();
              yield way.passPs(pass, there ? coldReceive : coldSend, false);
            }
          };
    }
    return sumPs;
  }
}
