package org.podpath.cni;

import static org.podpath.cni.Encapsulation.GENEVE;
import static org.podpath.cni.Encapsulation.IPIP;
import static org.podpath.cni.Encapsulation.NONE;
import static org.podpath.cni.Encapsulation.SLEEVE;
import static org.podpath.cni.Encapsulation.VXLAN;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.RuleWriter;
import org.podpath.engine.datapath.Stack;

/** Every container network that a scenario can name. */
public enum CniCatalog {
  HOST("host", "the node's own network namespace", HostNetwork::network, false, NONE),
  FLANNEL("flannel", "bridge, iptables, VXLAN", Flannel::network, false, VXLAN, NONE),
  CALICO_IPTABLES(
      "calico-iptables", "routed veths, iptables, IP in IP", CalicoIptables::network, true, IPIP,
      VXLAN, NONE),
  CALICO_EBPF("calico-ebpf", "routed veths, eBPF, VXLAN", CalicoEbpf::network, true, VXLAN, IPIP,
      NONE),
  CILIUM("cilium", "eBPF host routing, VXLAN", Cilium::network, true, VXLAN, GENEVE, NONE),
  OVN_KUBERNETES("ovn-kubernetes", "Open vSwitch flows, Geneve", OvnKubernetes::network, true,
      GENEVE),
  KUBE_ROUTER("kube-router", "bridge, iptables with rules for each pod, routes by BGP",
      KubeRouter::network, true, NONE, IPIP),
  WEAVE("weave", "bridge, iptables, flows of Open vSwitch, VXLAN", Weave::network, true, VXLAN,
      SLEEVE),
  NEUTRON_HYBRID("neutron-hybrid",
      "OpenStack Neutron: bridge, iptables for each port, Open vSwitch",
      NeutronHybrid::network, true, VXLAN, NONE),
  SRIOV("sriov", "a virtual function of the network card in the pod", SriovVf::network, false,
      NONE),
  MACVLAN("macvlan", "MAC addresses on the host's card", Macvlan::network, false, NONE),
  OVS_DPDK("ovs-dpdk", "Open vSwitch in user space, a core that polls, vhost-user",
      OvsDpdk::network,
      false, VXLAN, GENEVE, NONE),
  VPP("vpp", "VPP in user space, a core that polls, taps", Vpp::withTaps, false, VXLAN, IPIP, NONE),
  VPP_MEMIF("vpp-memif", "VPP in user space, a core that polls, shared memory", Vpp::withMemif,
      false,
      VXLAN, IPIP, NONE),
  ROCE("roce", "RDMA on the card, past the kernel", Roce::network, false, NONE),
  FREEFLOW("freeflow", "RDMA verbs of containers through a router of their host, past the kernel",
      FreeFlow::network, false, NONE),
  NO_HOSTS("none", "no hosts: frames go straight to the wire", NoHosts::network, false, NONE);

  private final String id;
  private final String summary;
  private final Builder builder;
  private final boolean enforcesPolicies;
  private final List<Encapsulation> encapsulations;

  /** Puts the three lists of a network together. */
  @FunctionalInterface
  private interface Builder {
    Cni network(Kernel kernel, NetworkOptions options);
  }

  CniCatalog(
      String id,
      String summary,
      Builder builder,
      boolean enforcesPolicies,
      Encapsulation... encapsulations) {
    this.id = id;
    this.summary = summary;
    this.builder = builder;
    this.enforcesPolicies = enforcesPolicies;
    this.encapsulations = List.of(encapsulations);
  }

  /** Name in scenarios. */
  public String id() {
    return id;
  }

  /** What it is, in a few words. */
  public String summary() {
    return summary;
  }

  /** Whether NetworkPolicy has an effect on it. */
  public boolean enforcesPolicies() {
    return enforcesPolicies;
  }

  /** What it can wrap around packets; the first is its own choice. */
  public List<Encapsulation> encapsulations() {
    return encapsulations;
  }

  /**
   * The network's three ways on hosts of {@code kernel}.
   *
   * @throws IllegalArgumentException if it does not support the encapsulation, or has no place for a
   *     virtual machine
   */
  public Cni network(Kernel kernel, NetworkOptions options) {
    fitting(kernel);
    if (!encapsulations.contains(options.encapsulation())) {
      throw new IllegalArgumentException(
          id + " has no encapsulation '" + options.encapsulation().inWords() + "'; write one of "
              + encapsulations.stream().map(Encapsulation::inWords).toList());
    }
    return builder.network(kernel, options);
  }

  /**
   * {@code cni}, which is this network on nodes of {@code kernel}, encrypted between hosts.
   *
   * @throws IllegalArgumentException if it does not know this encryption
   */
  public Cni encrypted(Encryption encryption, Cni cni, Kernel kernel) {
    if (encryption == Encryption.NONE) {
      return cni;
    }
    if (Tunnel.isSleeve(cni.send())) {
      throw new IllegalArgumentException(
          "what sleeve encrypts has no cost here; write none, or encapsulation: vxlan");
    }
    String cipher =
        cipher().orElseThrow(
            () -> new IllegalArgumentException(
                id + " does not know '" + encryption.inWords() + "'; write none, or a cni out of "
                    + Arrays.stream(values())
                        .filter(CniCatalog::encrypts)
                        .map(CniCatalog::id)
                        .toList()));
    return encryption.hiding(cni, kernel, cipher);
  }

  /**
   * Who writes rules and maps of its nodes when a pod comes or goes; empty where pods change none.
   *
   * @param kernel of the nodes
   */
  public List<RuleWriter> ruleWriters(Kernel kernel, NodeRules node) {
    return RuleWriters.of(this, kernel, node);
  }

  /** Whether its packets can be encrypted between hosts. */
  public boolean encrypts() {
    return cipher().isPresent();
  }

  /**
   * What its IPsec is called among the operations. Sources: Cilium and OVN-Kubernetes documentation, "IPsec";
   * weaveworks/weave, docs/fastdp-crypto.md.
   */
  private Optional<String> cipher() {
    return switch (this) {
      case CILIUM, OVN_KUBERNETES -> Optional.of("ESP");
      case WEAVE -> Optional.of("Weave ESP");
      case HOST, FLANNEL, CALICO_IPTABLES, CALICO_EBPF, KUBE_ROUTER, NEUTRON_HYBRID, SRIOV, MACVLAN,
          OVS_DPDK, VPP, VPP_MEMIF, ROCE, FREEFLOW, NO_HOSTS -> Optional.empty();
    };
  }

  /**
   * This network, whose pods may run on {@code kernel}.
   *
   * @throws IllegalArgumentException if that is a guest's, and its pods do not run in virtual machines
   */
  public CniCatalog fitting(Kernel kernel) {
    if (kernel.isGuest() && !fitsMachines()) {
      throw new IllegalArgumentException(
          "pods of " + id + " run in no virtual machine; leave it out, or write a cni out of "
              + Arrays.stream(values())
                  .filter(CniCatalog::fitsMachines)
                  .map(CniCatalog::id)
                  .toList());
    }
    return this;
  }

  /** Whether its pods may run in virtual machines; taps, memif and verbs are those of containers. */
  private boolean fitsMachines() {
    return switch (this) {
      case VPP, VPP_MEMIF, ROCE, FREEFLOW, NO_HOSTS -> false;
      case HOST, FLANNEL, CALICO_IPTABLES, CALICO_EBPF, CILIUM, OVN_KUBERNETES, KUBE_ROUTER, WEAVE,
          NEUTRON_HYBRID, SRIOV, MACVLAN, OVS_DPDK -> true;
    };
  }

  /** The stack of its pods on hosts of {@code kernel}. */
  public Stack stack(Kernel kernel) {
    if (this == NO_HOSTS) {
      return TcpStack.free();
    }
    return hasVerbsAlone() ? verbs(kernel) : TcpStack.on(kernel);
  }

  /** What its pods call where RoCE carries their bytes. */
  public Stack verbs(Kernel kernel) {
    if (this == NO_HOSTS) {
      return TcpStack.free();
    }
    return this == FREEFLOW ? Verbs.throughFreeFlow(kernel) : Verbs.on(kernel);
  }

  /** Whether its pods have verbs and no way for TCP and UDP. */
  public boolean hasVerbsAlone() {
    return this == ROCE || this == FREEFLOW;
  }

  /** The network's three ways with its own encapsulation and no services or policies. */
  public Cni plain(Kernel kernel) {
    return network(kernel, NetworkOptions.plain(encapsulations.getFirst()));
  }

  /** Whether each of its pods holds a virtual function of its card, whose rate the card can limit. */
  public boolean hasFunctions() {
    return this == SRIOV;
  }

  /** Names of all networks. */
  public static List<String> ids() {
    return Arrays.stream(values()).map(CniCatalog::id).toList();
  }

  /**
   * The network called {@code id}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static CniCatalog of(String id) {
    return Arrays.stream(values())
        .filter(entry -> entry.id.equals(id))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(
                "unknown network '" + id + "'; use one of " + ids()));
  }
}
