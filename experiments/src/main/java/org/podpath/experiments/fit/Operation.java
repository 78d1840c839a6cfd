package org.podpath.experiments.fit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What was timed, by its name in NVIDIA's nccl-tests; the size is that of the whole buffer
 * (doc/PERFORMANCE.md there).
 */
enum Operation {
  ALL_REDUCE("all_reduce"),
  REDUCE_SCATTER("reduce_scatter"),
  ALL_GATHER("all_gather"),
  ALL_TO_ALL("alltoall"),
  /** Every rank sends its whole buffer to the next one. */
  SEND_RECEIVE("sendrecv");

  private final String word;

  Operation(String word) {
    this.word = word;
  }

  /** As in measurement files. */
  String word() {
    return word;
  }

  /** The operation called {@code word}, if there is one. */
  static Optional<Operation> of(String word) {
    return Arrays.stream(values()).filter(operation -> operation.word.equals(word)).findFirst();
  }

  /** Every name. */
  static List<String> words() {
    return Arrays.stream(values()).map(Operation::word).toList();
  }

  /** Messages that a rank sends one after the other, in rings. */
  int steps(int ranks) {
    return switch (this) {
      case ALL_REDUCE -> 2 * (ranks - 1);
      case REDUCE_SCATTER, ALL_GATHER, ALL_TO_ALL -> ranks - 1;
      case SEND_RECEIVE -> 1;
    };
  }

  /** Bytes that a rank sends for each byte of the buffer, in rings. */
  double sentRatio(int ranks) {
    return switch (this) {
      case ALL_REDUCE, REDUCE_SCATTER, ALL_GATHER, ALL_TO_ALL -> (double) steps(ranks) / ranks;
      case SEND_RECEIVE -> 1;
    };
  }
}
