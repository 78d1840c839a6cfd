// The fat-tree and the random flows of org.podpath.experiments.bench.FatTreeWays and RandomFlows,
// by the same arithmetic.
#pragma once
#include <cstdint>
#include <vector>

struct SplitMix64 {
  uint64_t state;
  uint64_t next() { return mix(state += 0x9e3779b97f4a7c15ULL); }
  int below(int bound) { return static_cast<int>((next() >> 33) % bound); }
  static uint64_t mix(uint64_t z) {
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
    return z ^ z >> 31;
  }
};

struct FatTree {
  int half;
  int hosts;

  explicit FatTree(int k) : half(k / 2), hosts(k * k * k / 4) {}

  int links() const { return 6 * hosts; }

  // Link ids: hosts up, hosts down, edge up, edge down, aggregation up, aggregation down.
  std::vector<int> way(int from, int to) const {
    int fromEdge = from / half;
    int toEdge = to / half;
    if (fromEdge == toEdge) {
      return {from, hosts + to};
    }
    uint64_t hash = SplitMix64::mix(static_cast<uint64_t>(from) * hosts + to);
    int middle = static_cast<int>((hash >> 33) % half);
    int up = 2 * hosts + fromEdge * half + middle;
    int down = 3 * hosts + toEdge * half + middle;
    if (fromEdge / half == toEdge / half) {
      return {from, up, down, hosts + to};
    }
    int core = static_cast<int>((hash >> 13 & 0xfffff) % half);
    int coreUp = 4 * hosts + (fromEdge / half * half + middle) * half + core;
    int coreDown = 5 * hosts + (toEdge / half * half + middle) * half + core;
    return {from, up, coreUp, coreDown, down, hosts + to};
  }
};

struct RandomFlow {
  int from;
  int to;
  double bytes;
};

inline std::vector<RandomFlow> randomFlows(int hosts, int flows) {
  SplitMix64 random{7};
  std::vector<RandomFlow> all;
  for (int i = 0; i < flows; i++) {
    int from = random.below(hosts);
    int to = random.below(hosts - 1);
    if (to >= from) {
      to++;
    }
    all.push_back({from, to, 1e6 + random.below(99'000'001)});
  }
  return all;
}
