// Hosts, switches and cables of ns-3, and a count of what crosses the cables.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "flow-routing.h"
#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/network-module.h"
#include "ns3/point-to-point-module.h"

namespace podpath {

// What crossed the cables so far. A hop is one packet delivered over one link.
struct Hops {
  uint64_t data = 0;   // of packets with payload
  uint64_t ack = 0;    // of packets without: acknowledgements, SYN, a FIN that carries nothing
  uint64_t drops = 0;  // no hops, but packets that found a port's buffer full
};

struct LinkKind {
  uint64_t bits_per_second;
  double delay_us;
  uint64_t buffer_bytes;  // of a switch's port towards the link, without the packet being sent
};

// Nodes 0 to hosts - 1 are hosts, the others switches.
class Network {
 public:
  Network(uint32_t hosts, uint32_t switches, const LinkKind& link)
      : hosts_(hosts), buffer_bytes_(link.buffer_bytes) {
    nodes_.Create(hosts + switches);
    ns3::InternetStackHelper internet;
    internet.SetIpv6StackInstall(false);
    internet.Install(nodes_);
    cable_.SetDeviceAttribute("DataRate", ns3::DataRateValue(link.bits_per_second));
    cable_.SetChannelAttribute("Delay", ns3::TimeValue(ns3::MicroSeconds(1) * link.delay_us));
    cable_.DisableFlowControl();  // no queue discipline above the port: the port drops by itself
    for (uint32_t node = 0; node < hosts + switches; node++) {
      routing_.push_back(ns3::Create<FlowRouting>());
      Ipv4Of(node)->SetRoutingProtocol(routing_.back());
      if (IsHost(node)) {
        routing_[node]->DeliverHere(node);
      }
    }
  }

  // Joins a node to one above it; packets to the hosts [first, first + count) go down this cable.
  void Join(uint32_t below, uint32_t above, uint32_t first, uint32_t count) {
    ns3::NetDeviceContainer ends = cable_.Install(nodes_.Get(below), nodes_.Get(above));
    routing_[below]->GoUp(Attach(below, ends.Get(0)));
    uint32_t down = Attach(above, ends.Get(1));
    for (uint32_t host = first; host < first + count; host++) {
      routing_[above]->GoDown(host, down);
    }
  }

  ns3::Ptr<ns3::Node> Host(uint32_t host) const { return nodes_.Get(host); }
  const Hops& Seen() const { return hops_; }

 private:
  // PPP's protocol number, IPv4 and TCP with all their options.
  static constexpr uint32_t kPppBytes = 2;
  static constexpr uint32_t kLongestHeaderBytes = kPppBytes + 60 + 60;

  bool IsHost(uint32_t node) const { return node < hosts_; }
  ns3::Ptr<ns3::Ipv4> Ipv4Of(uint32_t node) const {
    return nodes_.Get(node)->GetObject<ns3::Ipv4>();
  }

  uint32_t Attach(uint32_t node, ns3::Ptr<ns3::NetDevice> end) {
    auto device = ns3::DynamicCast<ns3::PointToPointNetDevice>(end);
    // A host's stack waits for its own port instead of dropping (Linux: TCP small queues), so what
    // its windows allow finds room there.
    uint64_t buffer_bytes = IsHost(node) ? UINT32_MAX : buffer_bytes_;
    device->GetQueue()->SetMaxSize(ns3::QueueSize(std::to_string(buffer_bytes) + "B"));
    device->GetQueue()->TraceConnectWithoutContext("Drop",
                                                   ns3::MakeCallback(&Network::Dropped, this));
    device->TraceConnectWithoutContext("PhyRxEnd", ns3::MakeCallback(&Network::Arrived, this));
    uint32_t interface = Ipv4Of(node)->AddInterface(device);
    if (IsHost(node)) {
      Ipv4Of(node)->AddAddress(
          interface, ns3::Ipv4InterfaceAddress(AddressOf(node), ns3::Ipv4Mask::GetOnes()));
    }
    Ipv4Of(node)->SetUp(interface);
    return interface;
  }

  void Arrived(ns3::Ptr<const ns3::Packet> packet) {
    if (packet->GetSize() > kLongestHeaderBytes || PayloadBytes(packet) > 0) {
      hops_.data++;
    } else {
      hops_.ack++;
    }
  }

  void Dropped(ns3::Ptr<const ns3::Packet>) { hops_.drops++; }

  // RFC 791, RFC 9293: both headers carry their length in words of four bytes.
  static uint32_t PayloadBytes(ns3::Ptr<const ns3::Packet> packet) {
    uint8_t headers[kLongestHeaderBytes];
    packet->CopyData(headers, sizeof headers);
    const uint8_t* ip = headers + kPppBytes;
    uint32_t ip_bytes = 4 * (ip[0] & 0x0f);
    uint32_t tcp_bytes = 4 * (ip[ip_bytes + 12] >> 4);
    return packet->GetSize() - kPppBytes - ip_bytes - tcp_bytes;
  }

  uint32_t hosts_;
  uint64_t buffer_bytes_;
  ns3::NodeContainer nodes_;
  ns3::PointToPointHelper cable_;
  std::vector<ns3::Ptr<FlowRouting>> routing_;
  Hops hops_;
};

}  // namespace podpath
