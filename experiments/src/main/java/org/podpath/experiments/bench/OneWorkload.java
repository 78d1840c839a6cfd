package org.podpath.experiments.bench;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;

/** The process that runs one workload, named by its only argument, and prints what it measured. */
final class OneWorkload {
  private static final Path STATUS = Path.of("/proc/self/status");

  private OneWorkload() {}

  /** Prints one line of JSON. */
  public static void main(String[] arguments) throws IOException {
    Workload workload = Workload.named(List.of(arguments[0])).get(0);
    System.out.println(measure(workload));
  }

  private static JsonObject measure(Workload workload) throws IOException {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Model model = workload.prepare();

    long allocatedBefore = thread.getCurrentThreadAllocatedBytes();
    long threadBefore = thread.getCurrentThreadCpuTime();
    Work work = model.run();
    double threadSeconds = (thread.getCurrentThreadCpuTime() - threadBefore) / 1e9;
    long allocatedBytes = thread.getCurrentThreadAllocatedBytes() - allocatedBefore;

    double cpuSeconds = processCpuSeconds();
    double wallSeconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
    JsonObject line = new JsonObject()
        .text("workload", workload.label())
        .number("wall_s", wallSeconds, 3)
        .number("cpu_s", cpuSeconds, 3)
        .number("thread_cpu_s", threadSeconds, 3);
    count(line, "events", work.events());
    count(line, "variables", work.variables());
    rate(line, "events_per_cpu_s", work.events(), cpuSeconds);
    rate(line, "packet_hops_per_cpu_s", work.packetHops(), cpuSeconds);
    count(line, "data_packet_hops", work.dataHops());
    work.dataHops()
        .ifPresent(
            data -> line.number(
                "ack_packet_hops", work.packetHops().getAsLong() - (double) data, 0));
    rate(line, "flows_per_cpu_s", work.flows(), cpuSeconds);
    if (work.deliveredBytes().isPresent()) {
      double deliveredMb = work.deliveredBytes().getAsLong() / 1e6;
      line.number("delivered_mb_per_cpu_s", deliveredMb / cpuSeconds, 1);
    }
    if (work.events().isPresent()) {
      double perEvent = (double) allocatedBytes / work.events().getAsLong();
      line.number("allocated_bytes_per_event", perEvent, 3);
    }
    if (Files.isReadable(STATUS)) {
      line.number("peak_rss_mb", peakRssBytes() / 1e6, 1);
    }
    return line.text("checksum", HexFormat.of().toHexDigits(work.checksum()));
  }

  /** Asked of the operating system directly: the JDK's bean takes 2 % of a short workload to build. */
  private static double processCpuSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
  }

  private static void count(JsonObject line, String name, OptionalLong count) {
    count.ifPresent(number -> line.number(name, number, 0));
  }

  private static void rate(JsonObject line, String name, OptionalLong count, double cpuSeconds) {
    if (count.isPresent()) {
      line.number(name, count.getAsLong() / cpuSeconds, 0);
    }
  }

  /** The line reads {@code VmHWM:  43840 kB}, where the kernel's kB is 1,024 bytes. */
  private static long peakRssBytes() throws IOException {
    return Files.readAllLines(STATUS)
        .stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
