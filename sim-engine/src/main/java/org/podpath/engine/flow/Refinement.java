package org.podpath.engine.flow;

import java.util.Arrays;

/**
 * Splits the vertices of a directed graph with labels into the fewest classes such that all of a
 * class depend in the same way on each class: equally often, by the same labels.
 *
 * <p>Source: colour refinement with the rule of the smaller half, as in C. Berkholz, P. Bonsma, M.
 * Grohe, "Tight lower and upper bounds for the complexity of canonical colour refinement", ESA
 * 2013: edges times the logarithm of vertices. How often a vertex depends on a class is kept as a
 * 64-bit sum of hashed labels; that two different ones are the same number is not to be expected
 * before 10^9 vertices.
 */
final class Refinement {
  private final int[] firstEdge;
  private final int[] dependents;
  private final long[] labels;
  /** Vertices, those of a class side by side, and where each of them is. */
  private final int[] order;
  private final int[] place;
  private final int[] classOf;
  private final int[] first;
  private final int[] size;
  private int classes;
  /** Classes that may split others. */
  private final int[] queue;
  private final boolean[] queued;
  private int head;
  private int waiting;
  private final long[] sums;
  private final boolean[] reached;
  private final int[] touched;
  private int touches;

  /**
   * A graph, everything that looks alike in one class.
   *
   * @param firstEdge of each vertex, where its edges begin; one more at the end
   * @param dependents vertices that depend on it, by edge
   * @param labels how, by edge
   * @param looks of each vertex: different numbers, different classes
   */
  Refinement(int[] firstEdge, int[] dependents, long[] labels, long[] looks) {
    this.firstEdge = firstEdge;
    this.dependents = dependents;
    this.labels = labels;
    int vertices = looks.length;
    order = new int[vertices];
    place = new int[vertices];
    classOf = new int[vertices];
    first = new int[vertices];
    size = new int[vertices];
    queue = new int[vertices];
    queued = new boolean[vertices];
    sums = looks.clone();
    reached = new boolean[vertices];
    touched = new int[vertices];
    for (int vertex = 0; vertex < vertices; vertex++) {
      order[vertex] = vertex;
      place[vertex] = vertex;
      touched[vertex] = vertex;
    }
    if (vertices > 0) {
      classes = 1;
      size[0] = vertices;
      enqueue(0);
      touches = vertices;
      splitTouched();
    }
    while (waiting > 0) {
      int splitter = queue[head];
      head = (head + 1) % queue.length;
      waiting--;
      queued[splitter] = false;
      follow(splitter);
      splitTouched();
    }
  }

  /** The class of a vertex. */
  int classOf(int vertex) {
    return classOf[vertex];
  }

  private void enqueue(int number) {
    if (!queued[number]) {
      queued[number] = true;
      queue[(head + waiting++) % queue.length] = number;
    }
  }

  private void follow(int splitter) {
    for (int i = first[splitter]; i < first[splitter] + size[splitter]; i++) {
      int vertex = order[i];
      for (int edge = firstEdge[vertex]; edge < firstEdge[vertex + 1]; edge++) {
        int dependent = dependents[edge];
        if (!reached[dependent]) {
          reached[dependent] = true;
          touched[touches++] = dependent;
        }
        sums[dependent] += mixed(labels[edge]);
      }
    }
  }

  /** Splits every class of which some were touched, and others not or in another way. */
  private void splitTouched() {
    long[][] rows = new long[touches][];
    for (int i = 0; i < touches; i++) {
      int vertex = touched[i];
      rows[i] = new long[] {classOf[vertex], sums[vertex], vertex};
      reached[vertex] = false;
      sums[vertex] = 0;
    }
    touches = 0;
    Arrays.sort(rows, Arrays::compare);
    for (int from = 0, to; from < rows.length; from = to) {
      to = end(rows, from, 1);
      split((int) rows[from][0], rows, from, to);
    }
  }

  /** The first row from {@code from} on that differs in one of so many columns. */
  private static int end(long[][] rows, int from, int columns) {
    int to = from;
    while (to < rows.length && Arrays.equals(rows[to], 0, columns, rows[from], 0, columns)) {
      to++;
    }
    return to;
  }

  /**
   * Those of equal sum become a class, and those that were not touched; the largest part stays the
   * old one.
   */
  private void split(int old, long[][] rows, int from, int to) {
    int end = first[old] + size[old];
    for (int row = to - 1, at = end - 1; row >= from; row--, at--) {
      swap(place[(int) rows[row][2]], at);
    }
    int rest = size[old] - (to - from);
    int largestBegin = first[old];
    int largest = rest;
    for (int row = from, next; row < to; row = next) {
      next = end(rows, row, 2);
      if (next - row > largest) {
        largest = next - row;
        largestBegin = end - (to - row);
      }
    }
    if (largest == size[old]) {
      return;
    }
    if (rest > 0 && largestBegin != first[old]) {
      makeClass(first[old], rest);
    }
    for (int row = from, next; row < to; row = next) {
      next = end(rows, row, 2);
      int begin = end - (to - row);
      if (begin != largestBegin) {
        makeClass(begin, next - row);
      }
    }
    first[old] = largestBegin;
    size[old] = largest;
  }

  private void swap(int at, int other) {
    int vertex = order[at];
    order[at] = order[other];
    order[other] = vertex;
    place[order[at]] = at;
    place[vertex] = other;
  }

  private void makeClass(int begin, int count) {
    first[classes] = begin;
    size[classes] = count;
    for (int i = begin; i < begin + count; i++) {
      classOf[order[i]] = classes;
    }
    enqueue(classes++);
  }

  private static long mixed(long label) {
    long z = (label ^ label >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
