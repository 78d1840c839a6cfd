package org.podpath.experiments.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Default;
import org.podpath.experiments.yaml.InvalidParameters;
import org.podpath.experiments.yaml.InvalidParameters.Problem;
import org.podpath.experiments.yaml.NameOf;
import org.podpath.experiments.yaml.PlainNumber;
import org.podpath.experiments.yaml.Range;
import org.podpath.experiments.yaml.YamlPath;

/** The container network under test. */
@Explain("The container network; write either cni or path.")
public record Network(
    @Explain("Name of the container network.")
    @Default("the one that path spells out") @NameOf("network") Optional<String> cni,
    @Explain("A network of one's own, step by step: lists of steps under send (pod to wire), receive"
        + " (wire to pod) and same-host (between pods of a host); without same-host these go through the"
        + " network card.")
    @Default("that of cni") Optional<PathSpec> path,
    @Explain("What is wrapped around packets between hosts.")
    @Default("default") Encapsulation encapsulation,
    @Explain("What hides packets between hosts: cilium, ovn-kubernetes and weave know ipsec.")
    @Default("none") Encryption encryption,
    @Explain("What the provider of the hosts wraps around their packets in turn.")
    @Default("none") Underlay underlay,
    @Explain("Largest IP packet of a pod, in bytes.")
    @Default("the wire MTU less the headers around it") @PlainNumber
    @Range(least = 576, most = 65_535) OptionalInt podMtuBytes,
    @Explain("Whether the kernels of pods and hosts make and take super-packets (GSO, TSO, GRO).")
    @Default("on") Offload gso,
    @Explain("Cores of each host, the last ones, that do nothing but poll for the container network, or run"
        + " the vhost threads of a virtual machine.")
    @Default("1 where it has a switch that polls or vhost threads, else none")
    @Range(least = 1, most = 1_023) OptionalInt pollers,
    @Explain("What keeps bytes moving, and what answers losses and marks.")
    @Default("cubic") Transport transport,
    @Explain("The rules that packets are checked against.")
    @Default("{}") Rules rules,
    @Explain("The table of connections on every node.")
    @Default("{}") Conntrack conntrack) {

  /**
   * A network with one description.
   *
   * @throws InvalidParameters with everything that does not go together
   */
  public Network {
    List<Problem> problems = new ArrayList<>();
    if (cni.isPresent() && path.isPresent()) {
      problems.add(new Problem(YamlPath.of("path"), "cni names a network already; write one of the"
          + " two"));
    }
    if (path.isPresent()) {
      if (encapsulation != Encapsulation.DEFAULT) {
        problems.add(new Problem(YamlPath.of("encapsulation"), "a path has the tunnels that it"
            + " spells; write 'VXLAN encapsulate' and the like in it"));
      }
      if (encryption != Encryption.NONE) {
        problems
            .add(new Problem(YamlPath.of("encryption"), "a path is not encrypted; write none, or"
                + " a cni in place of path"));
      }
      if (rules.services() + rules.policies() > 0 || rules.podsPerNode().isPresent()
          || rules.churnPerHour().isPresent()) {
        problems.add(new Problem(YamlPath.of("rules"), "a path has the rules that it spells; write"
            + " {rules: {count: …}} in it"));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidParameters(problems);
    }
    if (cni.isEmpty() && path.isEmpty()) {
      throw new IllegalArgumentException("network without cni and path; write one of the two");
    }
  }

  /** How tables and messages call it. */
  public String name() {
    return cni.orElse("path");
  }
}
