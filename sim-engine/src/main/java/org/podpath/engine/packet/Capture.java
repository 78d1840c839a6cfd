package org.podpath.engine.packet;

import org.podpath.engine.results.FrameTap;
import org.podpath.engine.results.SeenFrame;

/** Unpacks frames for somebody who listens. */
final class Capture {
  private static final SeenFrame.Kind[] KINDS = {
      SeenFrame.Kind.DATA,
      SeenFrame.Kind.SYN,
      SeenFrame.Kind.FIN,
      SeenFrame.Kind.DATA,
      SeenFrame.Kind.ACKNOWLEDGEMENT,
      SeenFrame.Kind.SYN_ACKNOWLEDGEMENT,
      SeenFrame.Kind.CONGESTION_NOTIFICATION,
      SeenFrame.Kind.OUT_OF_SEQUENCE,
  };

  private final PacketEngine engine;
  private final FrameTap tap;

  Capture(PacketEngine engine, FrameTap tap) {
    this.engine = engine;
    this.tap = tap;
  }

  void show(int over, long header, long sequence, long extra) {
    Channel channel = engine.channel(header);
    boolean answers = Frame.answers(header);
    int overheadBytes =
        channel.carrier instanceof Datagrams
            ? engine.network.datagramOverheadBytes()
            : engine.network.frameOverheadBytes();
    Channel opposite = channel.opposite;
    long sentBack = opposite == null ? 0 : opposite.carrier.sentOffset();
    long windowBytes =
        engine.network.transport().windowBytes() * Frame.windowShares(header)
            / Frame.WINDOW_SHARES;
    tap.frame(
        engine.simulator.nowPs(),
        engine.ports.link(over).id(),
        new SeenFrame(
            channel.connection,
            channel.reverse != answers,
            KINDS[Frame.kind(header)],
            answers ? sentBack : sequence,
            answers ? 0 : Frame.wireBytes(header) - overheadBytes,
            answers ? sequence : extra,
            answers ? TcpReceiver.from(sequence, extra) : 0,
            answers ? TcpReceiver.to(sequence, extra) : 0,
            windowBytes,
            Frame.has(header, Frame.MARKED),
            Frame.has(header, Frame.ECHOES)));
  }
}
