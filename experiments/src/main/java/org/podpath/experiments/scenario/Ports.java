package org.podpath.experiments.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.podpath.engine.cluster.PortQueues;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Default;
import org.podpath.experiments.yaml.InvalidParameters;
import org.podpath.experiments.yaml.InvalidParameters.Problem;
import org.podpath.experiments.yaml.Range;
import org.podpath.experiments.yaml.YamlPath;

/** What a switch does with packets that cannot leave at once. */
@Explain("What the ports of a switch do with packets that cannot leave at once.")
public record Ports(
    @Explain("Room for packets that wait at a port (where scheduling tells classes apart: of each"
        + " class at a port), or with shared at all ports of a switch; what does not fit is"
        + " dropped. With pause it is the part of each link that leads to the switch: room for what"
        + " came over it, whichever port it waits for, with from and headroom of pause in it.")
    @Default("endless") @Range(least = 1, most = 1_000_000_000_000L) OptionalLong bufferBytes,
    @Explain("Whether the ports of a switch share one buffer: a port, or a class at a port, may"
        + " hold this many times what is free of it (dynamic threshold).")
    @Default("none") @Range(most = 1_024) Optional<Double> sharedRatio,
    @Explain("When a port marks packets of senders that understand marks.")
    @Default("none") Optional<Ecn> ecn,
    @Explain("Which traffic class a port sends next.") @Default("fifo") Scheduling scheduling,
    @Explain("When a switch tells the sender of a link to wait (PFC).")
    @Default("none") Optional<Pause> pause,
    @Explain("Whether a switch sends a packet on before it has arrived as a whole.")
    @Default("false") boolean cutThrough) {

  /**
   * Ports whose thresholds can be reached.
   *
   * @throws InvalidParameters with everything that does not go together
   */
  public Ports {
    List<Problem> problems = new ArrayList<>();
    if (sharedRatio.isPresent() && sharedRatio.get() == 0) {
      problems.add(
          new Problem(YamlPath.of("shared"), "ports that hold 0 times what is free take no packet;"
              + " write a number above 0, such as 1, or none"));
    }
    if (sharedRatio.isPresent() && bufferBytes.isEmpty()) {
      problems.add(
          new Problem(YamlPath.of("shared"), "an endless buffer is not shared; write buffer: …, or"
              + " none"));
    }
    if (sharedRatio.isPresent() && pause.isPresent()) {
      problems.add(
          new Problem(YamlPath.of("shared"),
              "with pause each link has its part of a switch's buffer;"
                  + " write shared: none, and as buffer what is left for a link"));
    }
    if (bufferBytes.isPresent() && pause.isPresent()) {
      checkPause(bufferBytes.getAsLong(), pause.get(), problems);
    } else if (bufferBytes.isPresent()) {
      checkThresholds(bufferBytes.getAsLong(), ecn, problems);
    }
    if (!problems.isEmpty()) {
      throw new InvalidParameters(problems);
    }
  }

  private static void checkThresholds(
      long bufferBytes, Optional<Ecn> ecn, List<Problem> problems) {
    ecn.ifPresent(marking -> {
      switch (marking) {
        case Ecn.Step step -> check("ecn.step", step.thresholdBytes(), bufferBytes, problems);
        case Ecn.Red red -> check("ecn.red.high", red.highBytes(), bufferBytes, problems);
        case Ecn.Random random -> {} // needs nothing to wait
      }
    });
  }

  private static void checkPause(long bufferBytes, Pause pause, List<Problem> problems) {
    check("pause.from", pause.fromBytes(), bufferBytes, problems);
    long headroomBytes = pause.headroomBytes().orElse(0);
    if (pause.fromBytes() <= bufferBytes && pause.fromBytes() + headroomBytes > bufferBytes) {
      problems.add(
          new Problem(YamlPath.of("pause.headroom"), headroomBytes + " bytes on top of from ("
              + pause.fromBytes() + ") do not fit into a buffer of " + bufferBytes
              + "; write a buffer of at least " + (pause.fromBytes() + headroomBytes) + "B"));
    }
  }

  private static void check(
      String path, long thresholdBytes, long bufferBytes, List<Problem> problems) {
    if (thresholdBytes > bufferBytes) {
      problems.add(
          new Problem(YamlPath.of(path), thresholdBytes + " bytes never wait in a buffer of "
              + bufferBytes + "; write at most " + bufferBytes + "B"));
    }
  }

  /** Why no port ever takes a frame of {@code frameBytes}, if so, and what to write. */
  public Optional<Problem> faultOf(int frameBytes) {
    if (bufferBytes.isEmpty()) {
      return Optional.empty();
    }
    long bytes = bufferBytes.getAsLong();
    if (bytes < frameBytes) {
      return Optional.of(
          new Problem(YamlPath.of("buffer"), bytes + " bytes hold no packet, which takes up to "
              + frameBytes + " on the wire; write at least " + frameBytes + "B"));
    }
    return sharedRatio.filter(ratio -> ratio * bytes < frameBytes)
        .map(ratio -> new Problem(YamlPath.of("shared"), ratio + " times a buffer of " + bytes
            + " bytes holds no packet, which takes up to " + frameBytes
            + " on the wire; write more of either"));
  }

  /** The same in the words of the engine. */
  public PortQueues queues() {
    return new PortQueues(
        bufferBytes.orElse(PortQueues.ENDLESS.bufferBytes()),
        sharedRatio.map(PortQueues.DynamicThreshold::new),
        ecn.map(Ecn::marking),
        scheduling.order(),
        pause.map(Pause::pause),
        cutThrough);
  }
}
