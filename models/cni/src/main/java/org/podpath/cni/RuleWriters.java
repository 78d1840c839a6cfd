package org.podpath.cni;

import java.util.ArrayList;
import java.util.List;
import org.podpath.engine.datapath.RuleWriter;

/**
 * Who writes the rules and maps of a node when a pod comes to it or goes, on each network.
 *
 * <p>A table of iptables is loaded into the kernel as a whole, whatever changed, under a lock that all
 * tables share (KEP-3866, "The iptables kernel subsystem has unfixable performance problems"); all that has
 * changed by then goes into one write, as of Felix and kube-proxy. Sets and maps change by the entry. Where
 * there are services each pod is taken to back one, so that every node hears of it.
 */
final class RuleWriters {
  /** Kubernetes documentation, "Virtual IPs and Service Proxies": minSyncPeriod. */
  private static final long PROXY_GAP_PS = 1_000_000_000_000L;

  /** assumption: a back end in the map of its service, and in the set of those that are masqueraded. */
  private static final int NFT_ELEMENTS = 2;

  /** assumption: flows of a pod's port in all tables of its node. */
  private static final int FLOWS_PER_POD = 30;

  /** assumption: flows that lead to its address from another node. */
  private static final int FLOWS_PER_REMOTE_POD = 2;

  /** kube-router, pkg/controllers/netpol/policy.go: a policy has a set of sources and one of targets. */
  private static final int KUBE_ROUTER_SETS = 2;

  private final Kernel kernel;
  private final NodeRules node;
  private final List<RuleWriter> writers = new ArrayList<>();

  private RuleWriters(Kernel kernel, NodeRules node) {
    this.kernel = kernel;
    this.node = node;
  }

  /** Those of {@code network} on nodes of {@code kernel}; none where pods change no rule. */
  static List<RuleWriter> of(CniCatalog network, Kernel kernel, NodeRules node) {
    RuleWriters its = new RuleWriters(kernel, node);
    switch (network) {
      case HOST, FLANNEL -> its.kubeProxy();
      case CALICO_IPTABLES -> {
        its.table("Felix", CalicoIptables.installed(node));
        its.sets("Felix", node.policies());
        its.kubeProxy();
      }
      case KUBE_ROUTER -> {
        its.table("kube-router", KubeRouter.installed(node));
        its.sets("kube-router", KUBE_ROUTER_SETS * node.policies());
        its.kubeProxy();
      }
      case WEAVE -> {
        its.sets("weave-npc", node.policies());
        its.kubeProxy();
      }
      case NEUTRON_HYBRID -> {
        its.table("Neutron agent", NeutronHybrid.installed(node, node.podsPerNode()));
        its.sets("Neutron agent", node.policies());
        its.kubeProxy();
      }
      case CALICO_EBPF -> its.programs("Felix");
      case CILIUM -> its.programs("Cilium agent");
      case OVN_KUBERNETES -> its.flows();
      case SRIOV, MACVLAN, OVS_DPDK, VPP, VPP_MEMIF, ROCE, FREEFLOW, NO_HOSTS -> {} // none for pods
    }
    return List.copyOf(its.writers);
  }

  /** The network's rules for the pods of its node. */
  private void table(String agent, int rules) {
    writers.add(
        new RuleWriter(
            agent + ": iptables", tablePs(rules), 0, 0, false, true, true));
  }

  private double tablePs(double rules) {
    return ps("write iptables table") + rules * ps("write iptables rule");
  }

  /** The address of a pod in so many sets of policies, on every node. */
  private void sets(String agent, int sets) {
    if (sets > 0) {
      writers.add(
          new RuleWriter(
              agent + ": ipsets", ps("write ipsets"), sets * ps("write ipset entry"), 0, true,
              false, true));
    }
  }

  /** The back ends of services, on every node. */
  private void kubeProxy() {
    if (node.services() == 0) {
      return;
    }
    writers.add(switch (node.proxy()) {
      case IPTABLES -> proxy(tablePs(node.serviceRulesInstalled()), 0, true);
      case NFTABLES -> proxy(
          ps("write nftables"), NFT_ELEMENTS * ps("write nftables element"), false);
      case IPVS -> proxy(0, ps("write IPVS entry"), false);
    });
  }

  private static RuleWriter proxy(double writePs, double changePs, boolean locks) {
    return new RuleWriter("kube-proxy", writePs, changePs, PROXY_GAP_PS, true, locks, true);
  }

  /** Programs of a pod's own, each by itself; in maps of every node its address, in its own its policies. */
  private void programs(String agent) {
    double entryPs = ps("write eBPF map entry");
    int everywhere = node.services() > 0 ? 2 : 1;
    writers.add(
        new RuleWriter(
            agent + ": programs", 0, ps("load eBPF programs") + node.policies() * entryPs, 0, false,
            false, false));
    writers.add(
        new RuleWriter(agent + ": maps", 0, everywhere * entryPs, 0, true, false, false));
  }

  /** Flows of a pod's port, each pod by itself, and of its address on every node. */
  private void flows() {
    double flowPs = ps("write OpenFlow flow");
    int everywhere = FLOWS_PER_REMOTE_POD + node.policies() + (node.services() > 0 ? 1 : 0);
    writers.add(
        new RuleWriter(
            "ovn-controller: port", 0, FLOWS_PER_POD * flowPs, 0, false, false, false));
    writers.add(
        new RuleWriter("ovn-controller", 0, everywhere * flowPs, 0, true, false, false));
  }

  private double ps(String operation) {
    return kernel.cost(operation).fixedPs();
  }
}
