// The workloads W2 and W3 on ns-3, to be set beside ours from the same machine and hour. README.md
// in the folder above says what they are; "./run --help" says what can be asked for.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "network.h"
#include "ns3/applications-module.h"
#include "ns3/core-module.h"

namespace podpath {
namespace {

constexpr uint16_t kPort = 5001;
constexpr uint32_t kMtuBytes = 1500;
// IPv4 20, TCP 20, and 12 for the time stamps that every segment carries (RFC 7323).
constexpr uint32_t kSegmentBytes = kMtuBytes - 20 - 20 - 12;

struct Request {
  std::string workload;
  uint64_t bytes = 2'000'000;
  double seconds = 1;
  uint64_t buffer_bytes = 1'000'000;
  uint64_t window_bytes = 1'000'000;
  uint32_t k = 8;
  uint32_t seed = 7;
  std::string tcp = "Cubic";
};

[[noreturn]] void Refuse(const std::string& what) {
  std::cerr << "w3: " << what << std::endl;
  std::exit(2);
}

void Check(const Request& request) {
  if (request.workload != "w2" && request.workload != "w3") {
    Refuse("unknown workload '" + request.workload + "'; write w2 or w3");
  }
  if (request.bytes == 0) {
    Refuse("bytes: 0 moves nothing; write at least 1");
  }
  if (!(request.seconds > 0 && request.seconds <= 1000)) {
    Refuse("seconds: write a number above 0, up to 1000");
  }
  if (request.buffer_bytes <= kMtuBytes || request.buffer_bytes > UINT32_MAX) {
    Refuse("buffer: must hold a packet; write a number of bytes from 1502 to 4294967295");
  }
  if (request.window_bytes < 2 * kSegmentBytes || request.window_bytes > (1U << 30)) {
    Refuse("window: write a number of bytes from 2896 to 1073741824");
  }
  if (request.k < 2 || request.k > 32 || request.k % 2 != 0) {
    Refuse("k: write an even number from 2 to 32");
  }
  if (request.tcp != "Cubic" && request.tcp != "NewReno") {
    Refuse("tcp: unknown '" + request.tcp + "'; write Cubic or NewReno");
  }
}

// Linux's values where ns-3 has others: acknowledge each segment, at least 200 ms to a time-out.
void SetUpTcp(const Request& request) {
  using ns3::Config::SetDefault;
  auto kind = ns3::TypeId::LookupByName(request.tcp == "Cubic" ? "ns3::TcpCubic"
                                                               : "ns3::TcpLinuxReno");
  SetDefault("ns3::TcpL4Protocol::SocketType", ns3::TypeIdValue(kind));
  SetDefault("ns3::TcpSocket::SegmentSize", ns3::UintegerValue(kSegmentBytes));
  SetDefault("ns3::TcpSocket::DelAckCount", ns3::UintegerValue(1));
  SetDefault("ns3::TcpSocket::SndBufSize", ns3::UintegerValue(request.window_bytes));
  SetDefault("ns3::TcpSocket::RcvBufSize", ns3::UintegerValue(request.window_bytes));
  SetDefault("ns3::TcpSocketBase::MinRto", ns3::TimeValue(ns3::MilliSeconds(200)));
}

// k-ary fat-tree: k pods of k/2 edge and k/2 aggregation switches, (k/2)^2 cores, k/2 hosts an edge
// switch. M. Al-Fares, A. Loukissas, A. Vahdat, "A scalable, commodity data center network
// architecture", SIGCOMM 2008.
std::unique_ptr<Network> FatTree(uint32_t k, const LinkKind& link) {
  const uint32_t half = k / 2;
  const uint32_t hosts = k * half * half;
  const uint32_t edges = hosts, aggregations = edges + k * half, cores = aggregations + k * half;
  auto network = std::make_unique<Network>(hosts, 2 * k * half + half * half, link);
  for (uint32_t host = 0; host < hosts; host++) {
    network->Join(host, edges + host / half, host, 1);
  }
  for (uint32_t pod = 0; pod < k; pod++) {
    for (uint32_t a = 0; a < half; a++) {
      uint32_t aggregation = aggregations + pod * half + a;
      for (uint32_t e = 0; e < half; e++) {
        uint32_t edge = pod * half + e;
        network->Join(edges + edge, aggregation, edge * half, half);
      }
      for (uint32_t c = 0; c < half; c++) {
        network->Join(aggregation, cores + a * half + c, pod * half * half, half * half);
      }
    }
  }
  return network;
}

// host 0 - switch 2 - switch 3 - host 1; packets to host 0 go down from switch 3 over switch 2.
std::unique_ptr<Network> Line(const LinkKind& link) {
  auto network = std::make_unique<Network>(2, 2, link);
  network->Join(0, 2, 0, 1);
  network->Join(2, 3, 0, 1);
  network->Join(1, 3, 1, 1);
  return network;
}

// Everybody sends to one and receives from one, nobody from itself: one random cycle (S. Sattolo,
// "An algorithm to generate a random cyclic permutation", Inf. Proc. Letters 22, 1986).
std::vector<uint32_t> RandomCycle(uint32_t hosts, uint32_t seed) {
  std::vector<uint32_t> to(hosts);
  std::iota(to.begin(), to.end(), 0);
  std::mt19937_64 random(seed);
  for (uint32_t i = hosts - 1; i > 0; i--) {
    std::swap(to[i], to[random() % i]);
  }
  return to;
}

// Flows that all start at 0. With a size they end the run when the last byte has arrived.
class Traffic {
 public:
  explicit Traffic(uint64_t bytes_per_flow) : bytes_per_flow_(bytes_per_flow) {}

  void Send(const Network& network, uint32_t from, uint32_t to) {
    ns3::InetSocketAddress target(AddressOf(to), kPort);
    ns3::PacketSinkHelper sink("ns3::TcpSocketFactory", target);
    sink.Install(network.Host(to)).Get(0)->TraceConnectWithoutContext(
        "Rx", ns3::MakeCallback(&Traffic::Arrived, this));
    ns3::BulkSendHelper source("ns3::TcpSocketFactory", target);
    source.SetAttribute("MaxBytes", ns3::UintegerValue(bytes_per_flow_));
    source.SetAttribute("SendSize", ns3::UintegerValue(kSegmentBytes));
    source.Install(network.Host(from));
    flows_++;
  }

  uint64_t DeliveredBytes() const { return delivered_bytes_; }
  bool Done() const { return delivered_bytes_ == flows_ * bytes_per_flow_; }

 private:
  void Arrived(ns3::Ptr<const ns3::Packet> packet, const ns3::Address&) {
    delivered_bytes_ += packet->GetSize();
    if (Done()) {
      ns3::Simulator::Stop();
    }
  }

  uint64_t bytes_per_flow_;  // 0: without end
  uint64_t flows_ = 0;
  uint64_t delivered_bytes_ = 0;
};

double CpuSeconds(const rusage& usage) {
  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
         (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

// One line of JSON. Times and memory are of the whole process; Linux counts ru_maxrss in KiB.
void Print(const std::string& workload, double wall_s, const Hops& hops, uint64_t delivered_bytes) {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  double cpu_s = CpuSeconds(usage);
  uint64_t all = hops.data + hops.ack;
  std::printf(
      "{\"workload\":\"%s\",\"simulator\":\"ns-3\",\"wall_s\":%.3f,\"cpu_s\":%.3f,"
      "\"packet_hops\":%ju,\"data_packet_hops\":%ju,\"ack_packet_hops\":%ju,"
      "\"packet_hops_per_cpu_s\":%.0f,\"delivered_mb_per_cpu_s\":%.1f,\"peak_rss_mb\":%.1f,"
      "\"delivered_bytes\":%ju,\"dropped_packets\":%ju,\"simulated_s\":%.9f}\n",
      workload.c_str(), wall_s, cpu_s, uintmax_t{all}, uintmax_t{hops.data}, uintmax_t{hops.ack},
      all / cpu_s, delivered_bytes / 1e6 / cpu_s, usage.ru_maxrss * 1024 / 1e6,
      uintmax_t{delivered_bytes}, uintmax_t{hops.drops}, ns3::Simulator::Now().GetSeconds());
}

int Run(const Request& request) {
  auto start = std::chrono::steady_clock::now();
  SetUpTcp(request);
  const bool w2 = request.workload == "w2";
  auto network = w2 ? Line({10'000'000'000, 5, request.buffer_bytes})
                    : FatTree(request.k, {100'000'000'000, 1, request.buffer_bytes});
  Traffic traffic(w2 ? 0 : request.bytes);
  if (w2) {
    traffic.Send(*network, 0, 1);
  } else {
    std::vector<uint32_t> to = RandomCycle(request.k * request.k * request.k / 4, request.seed);
    for (uint32_t host = 0; host < to.size(); host++) {
      traffic.Send(*network, host, to[host]);
    }
  }
  // assumption: a permutation that takes a thousand simulated seconds is stuck
  ns3::Simulator::Stop(ns3::Seconds(w2 ? request.seconds : 1000));
  ns3::Simulator::Run();
  std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  Print(request.workload, wall.count(), network->Seen(), traffic.DeliveredBytes());
  if (!w2 && !traffic.Done()) {
    std::cerr << "w3: not everything was delivered within 1000 simulated seconds" << std::endl;
    return 1;
  }
  return 0;
}

}  // namespace
}  // namespace podpath

int main(int argc, char* argv[]) {
  podpath::Request request;
  ns3::CommandLine arguments(__FILE__);
  arguments.Usage("W2 and W3 on ns-3: prints one line of JSON.");
  arguments.AddNonOption("workload", "w2 or w3", request.workload);
  arguments.AddValue("bytes", "w3: payload of each host's flow, in bytes", request.bytes);
  arguments.AddValue("seconds", "w2: seconds to simulate", request.seconds);
  arguments.AddValue("buffer", "buffer of a switch's port, in bytes", request.buffer_bytes);
  arguments.AddValue("window", "send and receive buffer of a connection, in bytes",
                     request.window_bytes);
  arguments.AddValue("k", "w3: ports of a switch; k^3/4 hosts", request.k);
  arguments.AddValue("seed", "w3: of the permutation", request.seed);
  arguments.AddValue("tcp", "Cubic or NewReno", request.tcp);
  arguments.Parse(argc, argv);
  podpath::Check(request);
  return podpath::Run(request);
}
