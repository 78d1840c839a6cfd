package org.podpath.workloads;

import java.util.Arrays;
import org.podpath.workloads.CollectiveSteps.Part;
import org.podpath.workloads.CollectiveSteps.Sum;

/**
 * Rounds in which a member sends to one other and receives from one other at most, as
 * MPI_Sendrecv does: its next round begins when it has done both, and bytes move when sender and
 * receiver are in the same round (the rendezvous of long messages).
 */
final class CollectiveRounds {
  private final CollectiveSteps steps;
  private final int[] members;
  private int[] sent;
  private int[] received;
  private int[] sentNow;
  private int[] receivedNow;

  /**
   * Before the first round.
   *
   * @param members ranks; everything here counts their positions
   * @param ready of the members that are played; each stands for those that are as many further on,
   *     and so on, as the first does for all
   */
  CollectiveRounds(CollectiveSteps steps, int[] members, int[] ready) {
    this.steps = steps;
    this.members = members;
    sent = ready;
    received = ready;
    sentNow = ready.clone();
    receivedNow = ready.clone();
  }

  /** In this round, {@code from} sends {@code part}, and {@code to} puts it in place. */
  void put(int from, int to, Part part) {
    int id = steps.put(members[from], members[to], part, before(from, to));
    sentNow[from] = id;
    receivedNow[played(to)] = id;
  }

  /** In this round, {@code from} sends {@code part}, and {@code to} adds it. */
  void add(int from, int to, Part part) {
    Sum sum = steps.add(members[from], members[to], part, before(from, to));
    sentNow[from] = sum.sent();
    receivedNow[played(to)] = sum.added();
  }

  private int[] before(int from, int to) {
    int itsPlayed = played(to);
    int[] ids = {sent[from], received[from], sent[itsPlayed], received[itsPlayed]};
    return Arrays.stream(ids).distinct().toArray();
  }

  /** The member that stands for {@code member}. */
  private int played(int member) {
    return member % sent.length;
  }

  /** How many members are played. */
  int played() {
    return sent.length;
  }

  /** The round is described. */
  void next() {
    sent = sentNow;
    received = receivedNow;
    sentNow = sent.clone();
    receivedNow = received.clone();
  }

  /** For each member that is played, the task with which its last round is over. */
  int[] done() {
    int[] done = new int[sent.length];
    Arrays.setAll(done, i -> steps.join(members[i], sent[i], received[i]));
    return done;
  }
}
