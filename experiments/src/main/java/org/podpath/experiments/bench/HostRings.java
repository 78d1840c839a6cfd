package org.podpath.experiments.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.podpath.engine.flow.Channel;

/**
 * A hierarchical all-reduce of 1 GB: the GPUs of a host reduce among each other by a ring, as many
 * rings as a host has GPUs go over all hosts, each with its part of the bytes, and the GPUs of a
 * host gather.
 *
 * <p>assumption: 32 hosts on a leaf switch, 32 spine switches, and a ring that leaves leaf l goes
 * over spine l modulo 32; links of 800 Gb/s, a card for the 8 GPUs of a host, 1 us a link; 450 GB/s
 * each way from GPU to GPU, whose latency is left out.
 */
final class HostRings {
  private static final int GPUS = 8;
  private static final int HOSTS_PER_LEAF = 32;
  private static final int SPINES = 32;
  private static final double BYTES = 1e9;
  private static final double CARD_BYTES_PER_SECOND = 100e9;
  private static final double GPU_BYTES_PER_SECOND = 450e9;
  private static final long LINK_PS = 1_000_000;
  private static final int BACKGROUND_FLOWS = 64;
  private static final int[] NONE = {};

  private final int hosts;
  private final int leaves;
  private final double[] capacities;
  private final List<Channel> channels = new ArrayList<>();

  /**
   * All hosts alike.
   *
   * @param hosts a multiple of 32
   */
  HostRings(int hosts) {
    this.hosts = hosts;
    leaves = hosts / HOSTS_PER_LEAF;
    capacities = new double[2 * hosts + 2 * leaves * SPINES + 2 * GPUS * hosts];
    Arrays.fill(capacities, CARD_BYTES_PER_SECOND);
    Arrays.fill(capacities, firstGpu(), capacities.length, GPU_BYTES_PER_SECOND);
    for (int phase = 0; phase < 3; phase++) {
      for (int host = 0; host < hosts; host++) {
        for (int gpu = 0; gpu < GPUS; gpu++) {
          channels.add(phase == 1 ? between(host, gpu) : within(phase, host, gpu));
        }
      }
    }
  }

  /**
   * One host's card has half its rate, and another tenant moves 64 times 10 GB between random
   * hosts.
   */
  HostRings disturbed() {
    SplitMix64 random = new SplitMix64(7);
    int slow = random.below(hosts);
    capacities[slow] /= 2;
    capacities[hosts + slow] /= 2;
    for (int flow = 0; flow < BACKGROUND_FLOWS; flow++) {
      int from = random.below(hosts);
      int to = (from + 1 + random.below(hosts - 1)) % hosts;
      int[] way = way(from, to, random.below(SPINES));
      channels.add(new Channel(Rings.use(way), 1e8, 100, way.length * LINK_PS, NONE, NONE));
    }
    return this;
  }

  double[] capacities() {
    return capacities;
  }

  List<Channel> channels() {
    return channels;
  }

  private Channel within(int phase, int host, int gpu) {
    int next = (gpu + 1) % GPUS;
    int before = (gpu + GPUS - 1) % GPUS;
    int out = firstGpu() + host * GPUS + gpu;
    int in = firstGpu() + (hosts + host) * GPUS + next;
    int[] after = phase == 0
        ? NONE
        : new int[] {number(1, host, gpu), number(1, (host + hosts - 1) % hosts, gpu)};
    return new Channel(
        Rings.use(out, in), BYTES / GPUS, GPUS - 1, 0, new int[] {number(phase, host, before)},
        after);
  }

  private Channel between(int host, int gpu) {
    int next = (host + 1) % hosts;
    int before = (host + hosts - 1) % hosts;
    int[] way = way(host, next, host / HOSTS_PER_LEAF % SPINES);
    return new Channel(
        Rings.use(way), BYTES / GPUS / hosts, 2 * (hosts - 1), way.length * LINK_PS,
        new int[] {number(1, before, gpu)},
        new int[] {number(0, host, gpu), number(0, host, (gpu + GPUS - 1) % GPUS)});
  }

  private int number(int phase, int host, int gpu) {
    return (phase * hosts + host) * GPUS + gpu;
  }

  private int firstGpu() {
    return 2 * hosts + 2 * leaves * SPINES;
  }

  private int[] way(int from, int to, int spine) {
    int fromLeaf = from / HOSTS_PER_LEAF;
    int toLeaf = to / HOSTS_PER_LEAF;
    if (fromLeaf == toLeaf) {
      return new int[] {from, hosts + to};
    }
    int up = 2 * hosts + fromLeaf * SPINES + spine;
    int down = 2 * hosts + (leaves + toLeaf) * SPINES + spine;
    return new int[] {from, up, down, hosts + to};
  }
}
