package org.podpath.engine.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.podpath.engine.datapath.Meeting;
import org.podpath.engine.datapath.Meetings;

/** Which streams share sending and polling CPUs and the places before, and what each takes for that. */
final class StreamMeetings {
  /** By sending CPU: how many streams go from there to each polling CPU. */
  private final TreeMap<Integer, TreeMap<Integer, Integer>> sent = new TreeMap<>();
  /** The other way round. */
  private final TreeMap<Integer, TreeMap<Integer, Integer>> polled = new TreeMap<>();
  /**
   * By what is before the CPU that polls: how many streams come to it from each sending CPU. Those that
   * fit into their windows come in one burst.
   */
  private final TreeMap<Integer, TreeMap<Integer, Integer>> passed = new TreeMap<>();
  private final TreeSet<Integer> changed = new TreeSet<>();

  /** A flow comes. */
  void began(Leg leg) {
    if (leg instanceof StreamLeg stream && stream.isPolled()) {
      add(sent, stream.sendCpu(), stream.pollCpu());
      add(polled, stream.pollCpu(), stream.sendCpu());
      if (stream.waitsForAnswers()) {
        add(passed, stream.lastPlace(), stream.sendCpu());
      }
      changed(stream);
    }
  }

  /** A flow goes. */
  void ended(Leg leg) {
    if (leg instanceof StreamLeg stream && stream.isPolled()) {
      remove(sent, stream.sendCpu(), stream.pollCpu());
      remove(polled, stream.pollCpu(), stream.sendCpu());
      if (stream.waitsForAnswers()) {
        remove(passed, stream.lastPlace(), stream.sendCpu());
      }
      changed(stream);
    }
  }

  private void changed(StreamLeg stream) {
    changed.add(stream.sendCpu());
    changed.add(stream.pollCpu());
    changed.add(stream.lastPlace());
  }

  private static void add(TreeMap<Integer, TreeMap<Integer, Integer>> at, int cpu, int other) {
    at.computeIfAbsent(cpu, first -> new TreeMap<>()).merge(other, 1, Integer::sum);
  }

  private static void remove(
      TreeMap<Integer, TreeMap<Integer, Integer>> at, int cpu, int other) {
    TreeMap<Integer, Integer> others = at.get(cpu);
    others.computeIfPresent(other, (same, count) -> count == 1 ? null : count - 1);
    if (others.isEmpty()) {
      at.remove(cpu);
    }
  }

  /** Lets all streams take what they take beside those that are there now. */
  void follow(StreamRates rates) {
    List<StreamLeg> moved = new ArrayList<>();
    for (int resource : changed) {
      for (int i = 0; i < rates.countOn(resource); i++) {
        if (rates.legOn(resource, i) instanceof StreamLeg stream && stream.isPolled()) {
          moved.add(stream);
        }
      }
    }
    changed.clear();
    for (StreamLeg stream : moved) {
      Meetings now =
          new Meetings(
              Meeting.out(sum(sent, stream.sendCpu()), sent.get(stream.sendCpu()).size()),
              Meeting.in(sum(polled, stream.pollCpu()), polled.get(stream.pollCpu()).size(),
                  passing(stream)),
              stream.parts());
      if (!stream.meets(now)) {
        double leftBytes = rates.leftBytes(stream);
        stream.transfer.progress(leftBytes);
        stream.meet(now);
        rates.restart(stream, leftBytes);
      }
    }
  }

  /** From how many CPUs frames come between those of the stream. */
  private int passing(StreamLeg stream) {
    return stream.waitsForAnswers() ? passed.get(stream.lastPlace()).size() : 1;
  }

  private static int sum(TreeMap<Integer, TreeMap<Integer, Integer>> at, int cpu) {
    int streams = 0;
    for (int count : at.get(cpu).values()) {
      streams += count;
    }
    return streams;
  }
}
