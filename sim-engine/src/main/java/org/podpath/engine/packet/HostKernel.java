package org.podpath.engine.packet;

/**
 * The kernel of a guest's host, or of a CPU that steers packets to another one, at the receiving end of one
 * direction of a channel: GRO joins what follows each other within a poll, and what is joined goes on as
 * one.
 */
final class HostKernel implements PollEnd {
  private final Below ways;
  private final Tally tally;
  private final int overheadBytes;
  private final int segmentBytes;
  private final int joinedSegments;
  private boolean connected;
  private boolean inPart;
  /** Frames joined to a packet that has not gone up. */
  private int segments;
  private long nextSequence;
  private boolean marked;
  /** Packets that went up in this part of the poll. */
  private int packets;
  /** Frames of these packets and of the one that is held: as the fourth number, those of its packet. */
  private final FrameRing frames = new FrameRing(8);
  /** Numbers of frames of the packets that went up. */
  private final FrameRing lengths = new FrameRing(8);
  private final PacketEngine engine;
  private final QueueBook book;

  /**
   * An end that nothing has reached.
   *
   * @param overheadBytes of a frame beside its payload
   * @param segmentBytes payload of a full frame
   * @param joinedSegments that GRO joins at most
   * @param connected whether no packet is the first of its connection here
   */
  HostKernel(
      PacketEngine engine, Below ways, Tally tally, int overheadBytes, int segmentBytes,
      int joinedSegments,
      boolean connected) {
    this.engine = engine;
    this.ways = ways;
    this.tally = tally;
    this.overheadBytes = overheadBytes;
    this.segmentBytes = segmentBytes;
    this.joinedSegments = joinedSegments;
    this.connected = connected;
    book = engine.books == null ? null : book();
  }

  private QueueBook book() {
    return engine.books.between(
        new QueueBook.Word("kernel below pods", frames::size, () -> 0, () -> 0));
  }

  @Override
  public boolean joinPart() {
    boolean first = !inPart;
    inPart = true;
    return first;
  }

  @Override
  public boolean take(long header, long sequence, CpuCore core) {
    boolean joins = Frame.kind(header) == Frame.DATA;
    int bytes = Math.max(0, Frame.wireBytes(header) - overheadBytes);
    boolean mark = Frame.has(header, Frame.MARKED);
    boolean whole = segments > 0 && (!joins || sequence != nextSequence || mark != marked);
    if (whole) {
      goUp(core);
    }
    marked = mark;
    nextSequence = sequence + bytes;
    segments++;
    tally.frames++;
    tally.bytes += bytes;
    tally.pieces += joins && !Frame.has(header, Frame.ALONE) ? 1 : 0;
    tally.first |= Frame.kind(header) == Frame.SYN || !connected;
    connected = true;
    if (!joins || segments == joinedSegments || bytes < segmentBytes
        || Frame.has(header, Frame.LAST)) {
      goUp(core);
      whole = true;
    }
    return whole;
  }

  private void goUp(CpuCore core) {
    lengths.add(0, segments, 0, 0);
    segments = 0;
    packets++;
    tally.packets++;
    tally.cold |= core.takeColdReceive();
  }

  @Override
  public boolean holds() {
    return segments > 0;
  }

  @Override
  public void flush(CpuCore core) {
    goUp(core);
  }

  @Override
  public double interruptPs() {
    return tally.interruptPs();
  }

  @Override
  public double partPs() {
    return tally.take();
  }

  @Override
  public void arrive(long header, long sequence, long extra) {
    assert engine.books.came(book, engine.simulator.nowPs(), header);
    frames.add(0, header, sequence, extra);
  }

  @Override
  public void endPart() {
    inPart = false;
    tally.charge();
    for (; packets > 0; packets--) {
      int length = (int) lengths.firstHeader();
      lengths.removeFirst();
      join(length);
    }
  }

  /** The headers are those of the last frame, which acknowledges most; the bytes are of all. */
  private void join(int length) {
    long sequence = frames.firstSequence();
    long header = 0;
    long extra = 0;
    int bytes = overheadBytes;
    for (int i = 0; i < length; i++) {
      header = frames.firstHeader();
      extra = frames.firstExtra();
      bytes += Frame.wireBytes(header) - overheadBytes;
      frames.removeFirst();
      assert engine.books.left(book, engine.simulator.nowPs(), header);
    }
    ways.taken(length == 1 ? header : Frame.withWireBytes(header, bytes), sequence, extra);
  }
}
