package org.podpath.engine.kernel;

import java.util.Set;
import java.util.TreeSet;

/** Independent random streams of one run, told apart by name. */
final class RandomStreams {
  private final long seed;
  private final Set<String> handedOut = new TreeSet<>();

  RandomStreams(long seed) {
    this.seed = seed;
  }

  RandomStream stream(String name) {
    if (!handedOut.add(name)) {
      throw new IllegalStateException("random stream '" + name + "' was handed out before");
    }
    return new RandomStream(hash(seed, name));
  }

  /**
   * 64-bit hash of seed and name: FNV-1a over the characters, then the finaliser of SplitMix64.
   *
   * <p>Sources: G. Fowler, L. C. Noll, K.-P. Vo, "The FNV Non-Cryptographic Hash Algorithm" (IETF
   * draft); G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA
   * 2014.
   */
  static long hash(long seed, String name) {
    long hash = 0xcbf29ce484222325L ^ mix(seed);
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return mix(hash);
  }

  private static long mix(long bits) {
    return scatter(bits + 0x9e3779b97f4a7c15L);
  }

  /** Variant 13 of D. Stafford, "Better bit mixing", 2011, which SplitMix64 ends with. */
  static long scatter(long bits) {
    long z = (bits ^ bits >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
