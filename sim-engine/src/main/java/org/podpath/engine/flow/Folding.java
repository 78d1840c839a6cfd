package org.podpath.engine.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Channels that always do the same at the same time, as one, and so the resources that they use:
 * all of a class of channels use equally many resources of a class in the same way, and wait for
 * equally many channels of a class. Then the rates and times of a class are those of each of its
 * members, exactly.
 */
final class Folding {
  private final int[] classes;
  private final double[] capacities;
  private final Channel[] channels;

  private Folding(int[] classes, double[] capacities, Channel[] channels) {
    this.classes = classes;
    this.capacities = capacities;
    this.channels = channels;
  }

  /** Every channel is a class. */
  static Folding none(double[] capacities, List<Channel> channels) {
    check(capacities, channels);
    int[] classes = new int[channels.size()];
    Arrays.setAll(classes, i -> i);
    return new Folding(classes, capacities.clone(), channels.toArray(Channel[]::new));
  }

  /** As few classes as there can be. */
  static Folding of(double[] capacities, List<Channel> channels) {
    check(capacities, channels);
    ChannelGraph graph = new ChannelGraph(capacities, channels);
    Refinement refinement = graph.refined();
    int[] classes = new int[channels.size()];
    List<Integer> examples = new ArrayList<>();
    TreeMap<Integer, Integer> numbers = new TreeMap<>();
    for (int channel = 0; channel < classes.length; channel++) {
      int found = refinement.classOf(capacities.length + channel);
      Integer number = numbers.putIfAbsent(found, examples.size());
      if (number == null) {
        number = examples.size();
        examples.add(channel);
      }
      classes[channel] = number;
    }
    return new Quotient(capacities, channels, refinement).folding(classes, examples);
  }

  /** The class of a channel, from 0. */
  int classOf(int channel) {
    return classes[channel];
  }

  /** Of one resource for each class of them. */
  double[] capacities() {
    return capacities;
  }

  /** One channel for each class of them. */
  Channel[] channels() {
    return channels;
  }

  private static void check(double[] capacities, List<Channel> channels) {
    for (int resource = 0; resource < capacities.length; resource++) {
      Use.checkCapacity(resource, capacities[resource], SharingNames.NUMBERS);
    }
    for (int channel = 0; channel < channels.size(); channel++) {
      channels.get(channel).use().check(channel, capacities.length, SharingNames.NUMBERS);
      checkKnown(channel, channels.get(channel).fedBy(), channels.size());
      checkKnown(channel, channels.get(channel).after(), channels.size());
    }
  }

  private static void checkKnown(int channel, int[] others, int count) {
    for (int other : others) {
      if (other < 0 || other >= count) {
        throw new IllegalArgumentException(
            "channel " + channel + " waits for channel " + other + ", but there are " + count);
      }
    }
  }

  /** What is left of channels and resources when each class is one. */
  private record Quotient(double[] capacities, List<Channel> channels, Refinement refinement) {
    Folding folding(int[] classes, List<Integer> examples) {
      TreeMap<Integer, Integer> resources = new TreeMap<>();
      List<Double> kept = new ArrayList<>();
      List<TreeMap<Integer, Double>> amounts = new ArrayList<>();
      examples.forEach(example -> amounts.add(new TreeMap<>()));
      int[] exampleOf = exampleResources(resources, kept);
      for (int channel = 0; channel < classes.length; channel++) {
        Use use = channels.get(channel).use();
        for (int i = 0; i < use.resources().length; i++) {
          int resource = use.resources()[i];
          if (exampleOf[resource] >= 0) {
            amounts.get(classes[channel]).merge(exampleOf[resource], use.amounts()[i], Double::sum);
          }
        }
      }
      Channel[] folded = new Channel[examples.size()];
      for (int number = 0; number < folded.length; number++) {
        folded[number] = folded(channels.get(examples.get(number)), amounts.get(number), classes);
      }
      return new Folding(
          classes, kept.stream().mapToDouble(Double::doubleValue).toArray(), folded);
    }

    /** For the first resource of each class the number of the class; for others -1. */
    private int[] exampleResources(TreeMap<Integer, Integer> numbers, List<Double> kept) {
      int[] exampleOf = new int[capacities.length];
      for (int resource = 0; resource < capacities.length; resource++) {
        exampleOf[resource] = -1;
        if (numbers.putIfAbsent(refinement.classOf(resource), kept.size()) == null) {
          exampleOf[resource] = kept.size();
          kept.add(capacities[resource]);
        }
      }
      return exampleOf;
    }

    private static Channel folded(
        Channel example, TreeMap<Integer, Double> amounts, int[] classes) {
      Use use = new Use(
          amounts.keySet().stream().mapToInt(Integer::intValue).toArray(),
          amounts.values().stream().mapToDouble(Double::doubleValue).toArray(),
          example.use().weight(),
          example.use().cap());
      return new Channel(
          use, example.bytes(), example.pieces(), example.latencyPs(),
          classesOf(example.fedBy(), classes), classesOf(example.after(), classes));
    }

    private static int[] classesOf(int[] channels, int[] classes) {
      return Arrays.stream(channels).map(channel -> classes[channel]).sorted().distinct().toArray();
    }
  }
}
