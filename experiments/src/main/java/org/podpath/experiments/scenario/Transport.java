package org.podpath.experiments.scenario;

import org.podpath.engine.datapath.Transport.Dcqcn;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Default;
import org.podpath.experiments.yaml.Range;

/** What keeps bytes moving, and what answers losses and marks. */
@Explain("What keeps bytes moving, and what answers losses and marks; a word or one of these. The"
    + " flow engine knows neither losses nor marks; of all this it reads the window.")
public sealed interface Transport {
  /** 1 TB: ten seconds of the fastest link. */
  long MOST_BYTES = 1_000_000_000_000L;
  /** 1,000 s. */
  long MOST_PS = 1_000_000_000_000_000L;
  /** 8 Tb/s, as of links. */
  long MOST_BITS_PER_SECOND = 8_000_000_000_000L;

  /** The same in the words of the engine. */
  org.podpath.engine.datapath.Transport transport();

  /** Where its window is written, seen from the scenario. */
  String windowPath();

  /** Transports without numbers of their own. */
  enum Usual implements Transport {
    /** TCP as Linux has it. */
    @Explain("TCP whose window grows along a cubic curve, as in an unconfigured Linux"
        + " (RFC 9438).") CUBIC(
            tcp(Control.CUBIC)),

    /** TCP as it was. */
    @Explain("TCP that halves its window at a loss and adds a segment each round trip (NewReno,"
        + " RFC 5681 and 6582).") RENO(tcp(Control.RENO)),

    /** TCP that listens to marks. */
    @Explain("TCP that shrinks its window by the share of marked bytes (RFC 8257); ports should"
        + " mark (cluster.ports.ecn).") DCTCP(tcp(Control.DCTCP)),

    /** RDMA. */
    @Explain("RDMA over Ethernet, version 2: network cards send at the rate of DCQCN, past the"
        + " kernels of hosts; ports should mark and pause (cluster.ports.ecn, pause).") ROCE(
            org.podpath.engine.datapath.Transport.Roce.DCQCN);

    private final org.podpath.engine.datapath.Transport transport;

    Usual(org.podpath.engine.datapath.Transport transport) {
      this.transport = transport;
    }

    @Override
    public org.podpath.engine.datapath.Transport transport() {
      return transport;
    }

    @Override
    public String windowPath() {
      return "network.transport";
    }

    private static org.podpath.engine.datapath.Transport tcp(Control control) {
      return new Tcp(
          control,
          org.podpath.engine.datapath.Transport.Tcp.WINDOW_BYTES,
          org.podpath.engine.datapath.Transport.Tcp.INITIAL_SEGMENTS,
          org.podpath.engine.datapath.Transport.Tcp.LEAST_TIMEOUT_PS)
              .transport();
    }
  }

  /** How the window of TCP grows and shrinks. */
  enum Control {
    /** RFC 9438. */
    @Explain("Grows along a cubic curve through the window of the last loss.") CUBIC,
    /** RFC 5681 and 6582. */
    @Explain("Half at a loss, one segment more each round trip.") RENO,
    /** RFC 8257. */
    @Explain("Shrinks by the share of marked bytes.") DCTCP
  }

  /** TCP with numbers of one's own. */
  @Explain("TCP with selective acknowledgements.")
  record Tcp(
      @Explain("How the congestion window grows and shrinks.") @Default("cubic") Control control,
      @Explain("The receiver's buffer: more bytes than that are never on the way or unread.")
      @Default("1.25MB") @Range(least = 1, most = MOST_BYTES) long windowBytes,
      @Explain("Congestion window at the start and after idling, in full segments (RFC 6928).")
      @Default("10") @Range(least = 1, most = 1_048_576) int initialWindowSegments,
      @Explain("Least time after which what is not acknowledged counts as lost.")
      @Default("200ms") @Range(least = 1, most = MOST_PS) long leastTimeoutPs)
      implements Transport {
    @Override
    public org.podpath.engine.datapath.Transport transport() {
      return new org.podpath.engine.datapath.Transport.Tcp(
          org.podpath.engine.datapath.Transport.Control.valueOf(control.name()),
          initialWindowSegments, windowBytes, leastTimeoutPs);
    }

    @Override
    public String windowPath() {
      return "network.transport.tcp.window";
    }
  }

  /** RoCE with numbers of one's own; those of DCQCN are named as in its paper. */
  @Explain("RDMA over Ethernet, version 2, at the rate of DCQCN (Zhu et al., SIGCOMM 2015).")
  record Roce(
      @Explain("More bytes than that are never on the way.")
      @Default("16MB") @Range(least = 1, most = MOST_BYTES) long windowBytes,
      @Explain("Time without an answer after which everything unanswered is sent again.")
      @Default("4.194304ms") @Range(least = 1, most = MOST_PS) long leastTimeoutPs,
      @Explain("Share of a new observation in the estimate of congestion (g).")
      @Default("0.00390625") @Range(most = 1) double gainRatio,
      @Explain("Step of the additive increase of the rate.")
      @Default("40Mbps")
      @Range(least = 1, most = MOST_BITS_PER_SECOND) long additiveIncreaseBitsPerSecond,
      @Explain("Step of the hyper increase of the rate.")
      @Default("100Mbps")
      @Range(least = 1, most = MOST_BITS_PER_SECOND) long hyperIncreaseBitsPerSecond,
      @Explain("A receiver tells of marks at most so often.")
      @Default("50us") @Range(least = 1, most = MOST_PS) long notificationIntervalPs,
      @Explain("After so long without word of a mark, congestion is taken to be less.")
      @Default("55us") @Range(least = 1, most = MOST_PS) long alphaTimerPs,
      @Explain("The rate rises so often.")
      @Default("55us") @Range(least = 1, most = MOST_PS) long rateTimerPs,
      @Explain("It also rises each time that so much was sent.")
      @Default("10MB") @Range(least = 1, most = MOST_BYTES) long byteCounterBytes)
      implements Transport {
    @Override
    public org.podpath.engine.datapath.Transport transport() {
      return new org.podpath.engine.datapath.Transport.Roce(
          windowBytes,
          leastTimeoutPs,
          new Dcqcn(
              gainRatio, additiveIncreaseBitsPerSecond, hyperIncreaseBitsPerSecond,
              notificationIntervalPs, alphaTimerPs, rateTimerPs, byteCounterBytes));
    }

    @Override
    public String windowPath() {
      return "network.transport.roce.window";
    }
  }
}
