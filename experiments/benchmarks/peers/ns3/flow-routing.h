// Routing that ns-3 does not have: of several shortest paths a flow keeps one, chosen by a hash.
// (ns-3's own ECMP, Ipv4GlobalRouting::RandomEcmpRouting, draws anew for every packet.)
#pragma once

#include <cstdint>
#include <stdexcept>
#include <utility>
#include <vector>

#include "ns3/internet-module.h"
#include "ns3/network-module.h"

namespace podpath {

// Hosts have the addresses 10.0.0.1, 10.0.0.2, ... in the order of their numbers.
constexpr uint32_t kFirstAddress = 0x0a000001;

inline ns3::Ipv4Address AddressOf(uint32_t host) {
  return ns3::Ipv4Address(kFirstAddress + host);
}

// The routes of one node: an interface downwards for the hosts below it, and for the others any of
// the interfaces upwards.
class FlowRouting : public ns3::Ipv4RoutingProtocol {
 public:
  void GoDown(uint32_t host, uint32_t interface) {
    if (down_.size() <= host) {
      down_.resize(host + 1, kNone);
    }
    down_[host] = RouteBy(interface);
  }

  void GoUp(uint32_t interface) { up_.push_back(RouteBy(interface)); }

  // Makes the node the end of all packets to this host.
  void DeliverHere(uint32_t host) { here_ = AddressOf(host); }

  ns3::Ptr<ns3::Ipv4Route> RouteOutput(ns3::Ptr<ns3::Packet>, const ns3::Ipv4Header&,
                                       ns3::Ptr<ns3::NetDevice>,
                                       ns3::Socket::SocketErrno& error) override {
    error = ns3::Socket::ERROR_NOTERROR;  // asked of hosts only, and they have one way up
    return routes_[up_.at(0)];
  }

  bool RouteInput(ns3::Ptr<const ns3::Packet> packet, const ns3::Ipv4Header& header,
                  ns3::Ptr<const ns3::NetDevice> device, UnicastForwardCallback forward,
                  MulticastForwardCallback, LocalDeliverCallback deliver,
                  ErrorCallback) override {
    if (header.GetDestination() == here_) {
      deliver(packet, header, ipv4_->GetInterfaceForDevice(device));
    } else {
      forward(routes_[Choose(packet, header)], packet, header);
    }
    return true;
  }

  void SetIpv4(ns3::Ptr<ns3::Ipv4> ipv4) override { ipv4_ = ipv4; }
  void NotifyInterfaceUp(uint32_t) override {}
  void NotifyInterfaceDown(uint32_t) override {}
  void NotifyAddAddress(uint32_t, ns3::Ipv4InterfaceAddress) override {}
  void NotifyRemoveAddress(uint32_t, ns3::Ipv4InterfaceAddress) override {}
  void PrintRoutingTable(ns3::Ptr<ns3::OutputStreamWrapper>, ns3::Time::Unit) const override {}

 private:
  static constexpr uint32_t kNone = UINT32_MAX;

  // One object for all packets: ns-3 hands routes on by reference.
  uint32_t RouteBy(uint32_t interface) {
    ns3::Ptr<ns3::Ipv4Route> route = ns3::Create<ns3::Ipv4Route>();
    route->SetSource(here_);
    route->SetGateway(ns3::Ipv4Address::GetZero());
    route->SetOutputDevice(ipv4_->GetNetDevice(interface));
    routes_.push_back(route);
    return routes_.size() - 1;
  }

  uint32_t Choose(ns3::Ptr<const ns3::Packet> packet, const ns3::Ipv4Header& header) const {
    uint32_t host = header.GetDestination().Get() - kFirstAddress;
    if (host < down_.size() && down_[host] != kNone) {
      return down_[host];
    }
    if (up_.empty()) {
      throw std::logic_error("no way to host " + std::to_string(host));
    }
    return up_[Hash(packet, header) % up_.size()];
  }

  // Addresses, ports and node, through the finaliser of MurmurHash3 (A. Appleby, public domain).
  uint64_t Hash(ns3::Ptr<const ns3::Packet> packet, const ns3::Ipv4Header& header) const {
    uint8_t ports[4];
    packet->CopyData(ports, sizeof ports);
    uint64_t hash = Mix(uint64_t{header.GetSource().Get()} << 32 | header.GetDestination().Get());
    hash = Mix(hash ^ (uint64_t{ports[0]} << 24 | ports[1] << 16 | ports[2] << 8 | ports[3]));
    return Mix(hash ^ ipv4_->GetObject<ns3::Node>()->GetId());
  }

  static uint64_t Mix(uint64_t x) {
    x = (x ^ x >> 33) * 0xff51afd7ed558ccdULL;
    x = (x ^ x >> 33) * 0xc4ceb9fe1a85ec53ULL;
    return x ^ x >> 33;
  }

  ns3::Ptr<ns3::Ipv4> ipv4_;
  ns3::Ipv4Address here_ = ns3::Ipv4Address::GetAny();
  std::vector<ns3::Ptr<ns3::Ipv4Route>> routes_;
  std::vector<uint32_t> down_;  // by host: an index into routes_
  std::vector<uint32_t> up_;
};

}  // namespace podpath
