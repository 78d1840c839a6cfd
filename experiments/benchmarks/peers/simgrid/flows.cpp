// The workloads flows-... and ring-... of ./podpath bench on SimGrid, network model CM02 without
// factors: the share of a flow is weighted by one over the latency of its way.
//
//   g++ -std=c++17 -O2 -Wall -Wextra -o /tmp/flows flows.cpp -lsimgrid
//   /tmp/flows random 8 1000 [optim:Full] [times.txt]     k, flows
//   /tmp/flows ring 1024 [optim:Full] [times.txt]         ranks on one switch, 100 MB all-reduce
//
// Prints the CPU seconds of the event loop; times.txt gets when each flow (or rank) has ended, in
// order of its number, in seconds.
#include "fabric.hpp"
#include <cstdio>
#include <cstring>
#include <ctime>
#include <simgrid/s4u.hpp>
#include <string>

namespace sg4 = simgrid::s4u;

static double cpuSeconds() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec * 1e-9;
}

static std::vector<double> ended;
static const double BYTES_PER_SECOND = 12.5e9;
static const double LINK_SECONDS = 1e-6;

static std::vector<sg4::Link*> makeLinks(sg4::NetZone* zone, int count) {
  std::vector<sg4::Link*> links;
  for (int i = 0; i < count; i++) {
    links.push_back(zone->create_link("l" + std::to_string(i), BYTES_PER_SECOND)
                        ->set_latency(LINK_SECONDS)
                        ->seal());
  }
  return links;
}

static void random(int k, int count) {
  FatTree tree(k);
  sg4::NetZone* zone = sg4::create_full_zone("fabric");
  std::vector<sg4::Host*> hosts;
  for (int i = 0; i < tree.hosts; i++) {
    hosts.push_back(zone->create_host("h" + std::to_string(i), 1e9)->seal());
  }
  std::vector<sg4::Link*> links = makeLinks(zone, tree.links());
  std::vector<RandomFlow> flows = randomFlows(tree.hosts, count);
  std::vector<bool> known(tree.hosts * tree.hosts);
  for (const RandomFlow& flow : flows) {
    if (!known[flow.from * tree.hosts + flow.to]) {
      known[flow.from * tree.hosts + flow.to] = true;
      std::vector<sg4::LinkInRoute> way;
      for (int link : tree.way(flow.from, flow.to)) {
        way.emplace_back(links[link]);
      }
      zone->add_route(
          hosts[flow.from]->get_netpoint(), hosts[flow.to]->get_netpoint(), nullptr, nullptr, way,
          false);
    }
  }
  zone->seal();
  ended.resize(count);
  sg4::Actor::create("starter", hosts[0], [flows, hosts] {
    std::vector<sg4::CommPtr> comms;
    for (const RandomFlow& flow : flows) {
      comms.push_back(
          sg4::Comm::sendto_async(hosts[flow.from], hosts[flow.to], flow.bytes));
    }
    for (size_t i = 0; i < comms.size(); i++) {
      comms[i]->wait();
      ended[i] = comms[i]->get_finish_time();
    }
  });
}

static void ring(int ranks) {
  sg4::NetZone* zone = sg4::create_full_zone("switch");
  std::vector<sg4::Host*> hosts;
  for (int i = 0; i < ranks; i++) {
    hosts.push_back(zone->create_host("h" + std::to_string(i), 1e9)->seal());
  }
  std::vector<sg4::Link*> links = makeLinks(zone, 2 * ranks);
  for (int i = 0; i < ranks; i++) {
    int next = (i + 1) % ranks;
    std::vector<sg4::LinkInRoute> way{
        sg4::LinkInRoute(links[i]), sg4::LinkInRoute(links[ranks + next])};
    zone->add_route(
        hosts[i]->get_netpoint(), hosts[next]->get_netpoint(), nullptr, nullptr, way, false);
  }
  zone->seal();
  ended.resize(ranks);
  double bytes = 100e6 / ranks;
  for (int i = 0; i < ranks; i++) {
    sg4::Actor::create("rank", hosts[i], [i, ranks, bytes] {
      static int token;
      sg4::Mailbox* out = sg4::Mailbox::by_name("to" + std::to_string((i + 1) % ranks));
      sg4::Mailbox* in = sg4::Mailbox::by_name("to" + std::to_string(i));
      for (int step = 0; step < 2 * (ranks - 1); step++) {
        sg4::CommPtr sent = out->put_async(&token, bytes);
        in->get<int>();
        sent->wait();
      }
      ended[i] = sg4::Engine::get_clock();
    });
  }
}

int main(int argc, char** argv) {
  sg4::Engine engine(&argc, argv);
  sg4::Engine::set_config("network/model:CM02");
  sg4::Engine::set_config("network/crosstraffic:0");
  sg4::Engine::set_config("network/TCP-gamma:0");
  sg4::Engine::set_config("network/latency-factor:1");
  sg4::Engine::set_config("network/bandwidth-factor:1");
  sg4::Engine::set_config("network/weight-S:0");
  sg4::Engine::set_config("surf/precision:1e-12");
  const char* times = nullptr;
  std::string optim = "Lazy";
  for (int i = 3; i < argc; i++) {
    if (std::strncmp(argv[i], "optim:", 6) == 0) {
      sg4::Engine::set_config(std::string("network/") + argv[i]);
      optim = argv[i] + 6;
    } else if (std::strchr(argv[i], '.')) {
      times = argv[i];
    }
  }
  if (argc > 3 && std::strcmp(argv[1], "random") == 0) {
    random(std::atoi(argv[2]), std::atoi(argv[3]));
  } else if (argc > 2 && std::strcmp(argv[1], "ring") == 0) {
    ring(std::atoi(argv[2]));
  } else {
    std::fprintf(stderr, "usage: flows random K FLOWS | ring RANKS [optim:Full] [times.txt]\n");
    return 2;
  }
  double before = cpuSeconds();
  engine.run();
  std::printf("{\"peer\":\"simgrid\",\"workload\":\"%s %s\",\"optim\":\"%s\",\"loop_cpu_s\":%.3f,"
              "\"simulated_s\":%.9f}\n",
      argv[1], argv[2], optim.c_str(), cpuSeconds() - before, sg4::Engine::get_clock());
  if (times) {
    FILE* file = std::fopen(times, "w");
    for (double end : ended) {
      std::fprintf(file, "%.15g\n", end);
    }
    std::fclose(file);
  }
}
