package org.podpath.experiments.timeline;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.podpath.experiments.WrongInput;

/**
 * A Chrome trace that is being written: processes, their threads, and spans of time on them. It
 * goes to the file as it comes; closing it makes the file whole, whatever happened before.
 *
 * <p>Times are in whole nanoseconds from the start of the simulation, rounded down. Spans of a
 * thread may come in any order and overlap: viewers drop a span that overlaps another of its thread
 * in part, so such a span is drawn on one more thread of the same name, {@code rank 3 (2)}. Spans
 * that come in the order of their starts, or of their ends, need the fewest of them.
 *
 * <p>Processes and threads count from 0 here and from 1 in the file, where 0 stands for the idle
 * kernel. Their numbers go up to 999,999. One thread of Java writes.
 *
 * <p>Source: Trace Event Format, "JSON Object Format", "Complete Events", "Metadata Events". Why no
 * span overlaps and no number is 0: github.com/google/perfetto, issues 4280 and 394.
 */
public final class Timeline implements AutoCloseable {
  /** Threads of a process; numbers above are those that overlapping spans are drawn on. */
  private static final int MOST_THREADS = 1_000_000;

  private static final long PS_PER_NS = 1000;
  private static final long NS_PER_US = 1000;

  private record ThreadId(int process, int thread) {}

  private final Path file;
  private final Writer out;
  private final Map<ThreadId, Lanes> threads = new HashMap<>();
  private final StringBuilder event = new StringBuilder();
  private boolean first = true;
  private boolean closed;

  private Timeline(Path file, Writer out) {
    this.file = file;
    this.out = out;
  }

  /**
   * Starts a timeline without events in {@code file}, replacing what is there.
   *
   * @throws WrongInput if it cannot be written
   */
  public static Timeline open(Path file) {
    try {
      Timeline timeline = new Timeline(
          file,
          new BufferedWriter(
              new OutputStreamWriter(Files.newOutputStream(file), StandardCharsets.UTF_8)));
      timeline.out.write("{\"traceEvents\":[");
      return timeline;
    } catch (IOException unwritable) {
      throw new WrongInput(
          "--timeline " + file
              + ": cannot be written; write a file in a folder that is there");
    }
  }

  /** Names the process {@code pid}: a job of a tenant. */
  public void process(int pid, String name) {
    metadata("process_name", pid, 1).append("{\"name\":");
    Json.text(event, name).append('}');
    end();
  }

  /**
   * Names the thread {@code tid} of the process {@code pid}: a rank of a job. Threads stand in the
   * order of their numbers. One that has no name by its first span is called {@code thread 3}.
   *
   * @throws IllegalArgumentException if {@code tid} is no number of a thread, or has a name already
   */
  public void thread(int pid, int tid, String name) {
    if (tid < 0 || tid >= MOST_THREADS) {
      throw new IllegalArgumentException(
          "thread " + tid + " is not from 0 to " + (MOST_THREADS - 1));
    }
    if (threads.putIfAbsent(new ThreadId(pid, tid), new Lanes(name)) != null) {
      throw new IllegalArgumentException("thread " + tid + " of " + pid + " has a name already");
    }
    lane(pid, tid, 0, name);
  }

  /**
   * Something that took time.
   *
   * @param detail what a viewer shows of it when asked; none if it is empty
   * @throws IllegalArgumentException if it ends before it starts
   * @throws UncheckedIOException if it cannot be written, with a message of one line
   */
  public void span(int pid, int tid, String name, long startPs, long endPs, String detail) {
    if (endPs < startPs) {
      throw new IllegalArgumentException(
          name + " cannot end at " + endPs + " ps, before its start at " + startPs + " ps");
    }
    ThreadId thread = new ThreadId(pid, tid);
    if (!threads.containsKey(thread)) {
      thread(pid, tid, "thread " + tid);
    }
    Lanes lanes = threads.get(thread);
    int known = lanes.count();
    int lane = lanes.put(startPs, endPs);
    if (lane == known) {
      lane(pid, tid, lane, lanes.name() + " (" + (lane + 1) + ")");
    }
    long startNs = startPs / PS_PER_NS;
    begin("X", pid, shown(tid, lane)).append(",\"name\":");
    Json.text(event, name).append(",\"ts\":");
    us(startNs).append(",\"dur\":");
    us(endPs / PS_PER_NS - startNs);
    if (!detail.isEmpty()) {
      event.append(",\"args\":{\"detail\":");
      Json.text(event, detail).append('}');
    }
    end();
  }

  /** Ends the file. What cannot be written any more is missing from it. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      out.write("\n],\"displayTimeUnit\":\"ns\"}\n");
    } catch (IOException e) {
      throw cannotBeWritten(e);
    }
  }

  /** A thread that is drawn: its name, and its place beside the thread it belongs to. */
  private void lane(int pid, int tid, int lane, String name) {
    metadata("thread_name", pid, shown(tid, lane)).append("{\"name\":");
    Json.text(event, name).append('}');
    end();
    metadata("thread_sort_index", pid, shown(tid, lane)).append("{\"sort_index\":")
        .append(tid)
        .append('}');
    end();
  }

  private static long shown(int tid, int lane) {
    return (long) lane * MOST_THREADS + tid + 1;
  }

  private StringBuilder metadata(String what, int pid, long tid) {
    return begin("M", pid, tid).append(",\"name\":\"").append(what).append("\",\"args\":");
  }

  private StringBuilder begin(String phase, int pid, long tid) {
    event.setLength(0);
    event.append(first ? "\n" : ",\n");
    return event.append("{\"ph\":\"")
        .append(phase)
        .append("\",\"pid\":")
        .append(pid + 1L)
        .append(",\"tid\":")
        .append(tid);
  }

  private void end() {
    try {
      out.append(event.append('}'));
      first = false;
    } catch (IOException e) {
      throw cannotBeWritten(e);
    }
  }

  /** Microseconds, the unit of the format, to the nanosecond. */
  private StringBuilder us(long ns) {
    return event.append(ns / NS_PER_US)
        .append('.')
        .append((char) ('0' + ns / 100 % 10))
        .append((char) ('0' + ns / 10 % 10))
        .append((char) ('0' + ns % 10));
  }

  private UncheckedIOException cannotBeWritten(IOException e) {
    return new UncheckedIOException(
        "--timeline " + file + ": cannot be written (" + e.getMessage()
            + "); make room, or write another file",
        e);
  }
}
