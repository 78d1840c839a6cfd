package org.podpath.engine.datapath;

import java.util.function.Function;

/**
 * What decides how many bytes of a connection are on the way, and what answers a loss or a mark.
 */
public sealed interface Transport {
  /** The receiver's buffer: more than so many bytes are never on the way or unread. */
  long windowBytes();

  /** Whether switches may mark its frames instead of dropping them. */
  boolean markable();

  /**
   * Headers of a frame with data, from that of IP on.
   *
   * @param tcpHeaderBytes those of TCP and IP
   */
  int headerBytes(int tcpHeaderBytes);

  /**
   * Payload of a full frame.
   *
   * @param mtuBytes largest packet, its headers from IP on included
   * @param tcpHeaderBytes those of TCP and IP
   */
  int segmentBytes(int mtuBytes, int tcpHeaderBytes);

  /** What {@code tcp} or {@code roce} makes of it, whichever it is. */
  <T> T map(Function<Tcp, T> tcp, Function<Roce, T> roce);

  /**
   * TCP with selective acknowledgements (RFC 9293, 2018, 6675).
   *
   * @param initialSegments congestion window at the start and after idling
   * @param leastTimeoutPs least retransmission timeout
   */
  record Tcp(Control control, int initialSegments, long windowBytes, long leastTimeoutPs)
      implements Transport {
    /**
     * derived: loaded round trip 502 µs at 20.0 Gb/s, Flannel in InfraBuilder 2024-01; bare metal
     * gives 1.53 MB.
     */
    public static final long WINDOW_BYTES = 1_250_000;

    /**
     * So many packets of a new connection are acknowledged one by one (Linux, include/net/tcp.h,
     * TCP_MAX_QUICKACKS).
     */
    public static final int QUICK_ANSWERS = 16;

    /** RFC 6928 section 2. */
    public static final int INITIAL_SEGMENTS = 10;

    /** Linux, include/net/tcp.h, TCP_RTO_MIN. */
    public static final long LEAST_TIMEOUT_PS = 200_000_000_000L;

    /** What an unconfigured Linux does: CUBIC. */
    public static final Tcp LINUX =
        new Tcp(Control.CUBIC, INITIAL_SEGMENTS, WINDOW_BYTES, LEAST_TIMEOUT_PS);

    public Tcp {
      if (initialSegments <= 0 || windowBytes <= 0 || leastTimeoutPs <= 0) {
        throw new IllegalArgumentException(
            "TCP needs an initial window, a window and a timeout above 0: " + initialSegments
                + " segments, " + windowBytes + " bytes, " + leastTimeoutPs + " ps");
      }
    }

    @Override
    public boolean markable() {
      return control == Control.DCTCP;
    }

    @Override
    public int headerBytes(int tcpHeaderBytes) {
      return tcpHeaderBytes;
    }

    @Override
    public int segmentBytes(int mtuBytes, int tcpHeaderBytes) {
      return mtuBytes - tcpHeaderBytes;
    }

    @Override
    public <T> T map(Function<Tcp, T> tcp, Function<Roce, T> roce) {
      return tcp.apply(this);
    }
  }

  /** How the congestion window of TCP grows and shrinks. */
  enum Control {
    /** RFC 5681 and 6582: half at a loss, one segment more each round trip. */
    RENO,
    /** RFC 9438: a cubic curve through the window of the last loss. */
    CUBIC,
    /** RFC 8257: shrinks by the share of marked bytes. */
    DCTCP
  }

  /**
   * RoCE version 2: the network card sends at a rate, in order, and again from the first byte that is
   * missing. The rate follows DCQCN (Y. Zhu et al., "Congestion Control for Large-Scale RDMA
   * Deployments", SIGCOMM 2015, sections 3 and 5).
   *
   * @param leastTimeoutPs after so long without an answer everything unanswered is sent again
   */
  record Roce(long windowBytes, long leastTimeoutPs, Dcqcn dcqcn) implements Transport {
    /** assumption: 16 MB on the way, more than any link of a data centre holds. */
    public static final long WINDOW_BYTES = 16_000_000;

    /** assumption: 4 ms, the time-out of a queue pair at its vendor's setting 10 (4.096 µs · 2¹⁰). */
    public static final long LEAST_TIMEOUT_PS = 4_194_304_000L;

    /**
     * Time-outs in a row without an answer before a queue pair fails: the most that its three bits hold
     * (InfiniBand Architecture Specification, volume 1, retry count), and what NCCL sets.
     */
    public static final int MOST_TIMEOUTS = 7;

    /** IP and UDP 28, base transport header 12, invariant checksum 4 (InfiniBand Annex A17, RoCEv2). */
    private static final int HEADER_BYTES = 28 + 12 + 4;

    /** Path MTUs of InfiniBand, payload of a full packet (Architecture Specification, volume 1). */
    private static final int MOST_PAYLOAD_BYTES = 4096;

    /** With the parameters of the paper. */
    public static final Roce DCQCN =
        new Roce(WINDOW_BYTES, LEAST_TIMEOUT_PS, Dcqcn.PUBLISHED);

    public Roce {
      if (windowBytes <= 0 || leastTimeoutPs <= 0) {
        throw new IllegalArgumentException(
            "RoCE needs a window and a timeout above 0: " + windowBytes + " bytes, "
                + leastTimeoutPs + " ps");
      }
    }

    @Override
    public boolean markable() {
      return true;
    }

    @Override
    public int headerBytes(int tcpHeaderBytes) {
      return HEADER_BYTES;
    }

    @Override
    public int segmentBytes(int mtuBytes, int tcpHeaderBytes) {
      return Math.min(MOST_PAYLOAD_BYTES, Integer.highestOneBit(mtuBytes - HEADER_BYTES));
    }

    @Override
    public <T> T map(Function<Tcp, T> tcp, Function<Roce, T> roce) {
      return roce.apply(this);
    }
  }

  /**
   * The parameters of DCQCN.
   *
   * @param gain share of a new observation in the estimate of congestion
   * @param additiveBitsPerSecond step of the additive increase
   * @param hyperBitsPerSecond step of the hyper increase
   * @param notificationPs a receiver tells of marks at most so often
   * @param alphaPs without a notification for so long, congestion is taken to be less
   * @param increasePs the rate rises so often
   * @param increaseBytes and each time so much was sent
   */
  record Dcqcn(
      double gain,
      long additiveBitsPerSecond,
      long hyperBitsPerSecond,
      long notificationPs,
      long alphaPs,
      long increasePs,
      long increaseBytes) {
    /**
     * Zhu et al. 2015, section 5 and table 14: g 1/256, 40 Mb/s, notification 50 µs, α timer 55 µs,
     * rate timer 55 µs, byte counter 10 MB. The hyper increase of 100 Mb/s is SimAI's (SimAI.conf).
     */
    public static final Dcqcn PUBLISHED =
        new Dcqcn(1 / 256.0, 40_000_000, 100_000_000, 50_000_000, 55_000_000, 55_000_000,
            10_000_000);
  }
}
