package org.podpath.engine.packet;

import java.util.Arrays;

/**
 * What waits, first in, first out: a ring of a few places that doubles when they are taken.
 *
 * <p>Deques of the JDK do the same. But all of Java has made them grow, so the JIT compiles
 * what happens then into each of their users: an eighth of its work for hosts.
 */
final class Line<T> {
  private Object[] places = new Object[4];
  private int head;
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /** The one that so many others are in front of. */
  @SuppressWarnings("unchecked")
  T get(int before) {
    return (T) places[head + before & places.length - 1];
  }

  /** Joins the end. */
  void add(T last) {
    if (size == places.length) {
      lengthen();
    }
    places[head + size++ & places.length - 1] = last;
  }

  /** Takes away the first, of which there must be one. */
  T removeFirst() {
    T first = get(0);
    places[head] = null;
    head = head + 1 & places.length - 1;
    size--;
    return first;
  }

  /** Takes away one, wherever it waits, and those behind it move up; if it does not wait, nothing. */
  void remove(T one) {
    int at = 0;
    while (at < size && get(at) != one) {
      at++;
    }
    if (at == size) {
      return;
    }
    int mask = places.length - 1;
    size--;
    for (; at < size; at++) {
      places[head + at & mask] = places[head + at + 1 & mask];
    }
    places[head + size & mask] = null;
  }

  /** Nobody waits any more. */
  void clear() {
    while (size > 0) {
      removeFirst();
    }
  }

  private void lengthen() {
    int used = places.length;
    Object[] longer = Arrays.copyOfRange(places, head, head + 2 * used);
    System.arraycopy(places, 0, longer, used - head, head);
    places = longer;
    head = 0;
  }
}
