package org.podpath.engine.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.podpath.engine.datapath.Meeting;
import org.podpath.engine.datapath.Meetings;

/** Which streams share sending and polling CPUs, and what each takes for that. */
final class StreamMeetings {
  /** By sending CPU: how many streams go from there to each polling CPU. */
  private final TreeMap<Integer, TreeMap<Integer, Integer>> sent = new TreeMap<>();
  /** The other way round. */
  private final TreeMap<Integer, TreeMap<Integer, Integer>> polled = new TreeMap<>();
  private final TreeSet<Integer> changed = new TreeSet<>();

  /** A flow comes. */
  void began(Leg leg) {
    if (leg instanceof StreamLeg stream && stream.isPolled()) {
      add(sent, stream.sendCpu(), stream.pollCpu());
      add(polled, stream.pollCpu(), stream.sendCpu());
      changed.add(stream.sendCpu());
      changed.add(stream.pollCpu());
    }
  }

  /** A flow goes. */
  void ended(Leg leg) {
    if (leg instanceof StreamLeg stream && stream.isPolled()) {
      remove(sent, stream.sendCpu(), stream.pollCpu());
      remove(polled, stream.pollCpu(), stream.sendCpu());
      changed.add(stream.sendCpu());
      changed.add(stream.pollCpu());
    }
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
    for (int cpu : changed) {
      for (int i = 0; i < rates.countOn(cpu); i++) {
        if (rates.legOn(cpu, i) instanceof StreamLeg stream && stream.isPolled()) {
          moved.add(stream);
        }
      }
    }
    changed.clear();
    for (StreamLeg stream : moved) {
      Meetings now =
          new Meetings(
              Meeting.out(sum(sent, stream.sendCpu()), sent.get(stream.sendCpu()).size()),
              Meeting.in(sum(polled, stream.pollCpu()), polled.get(stream.pollCpu()).size()),
              stream.wireParts());
      if (!stream.meets(now)) {
        double leftBytes = rates.leftBytes(stream);
        stream.transfer.progress(leftBytes);
        stream.meet(now);
        rates.restart(stream, leftBytes);
      }
    }
  }

  private static int sum(TreeMap<Integer, TreeMap<Integer, Integer>> at, int cpu) {
    int streams = 0;
    for (int count : at.get(cpu).values()) {
      streams += count;
    }
    return streams;
  }
}
