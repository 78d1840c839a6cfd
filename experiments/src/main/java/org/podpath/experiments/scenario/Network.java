package org.podpath.experiments.scenario;

import java.util.OptionalInt;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Default;
import org.podpath.experiments.yaml.NameOf;
import org.podpath.experiments.yaml.PlainNumber;
import org.podpath.experiments.yaml.Range;

/** The container network under test. */
@Explain("The container network.")
public record Network(
    @Explain("Name of the container network.") @NameOf("network") String cni,
    @Explain("What is wrapped around packets between hosts.")
    @Default("default") Encapsulation encapsulation,
    @Explain("What the provider of the hosts wraps around their packets in turn.")
    @Default("none") Underlay underlay,
    @Explain("Largest IP packet of a pod, in bytes.")
    @Default("the wire MTU less the headers around it") @PlainNumber
    @Range(least = 576, most = 65_535) OptionalInt podMtuBytes,
    @Explain("What keeps bytes moving, and what answers losses and marks.")
    @Default("cubic") Transport transport,
    @Explain("The rules that packets are checked against.")
    @Default("{}") Rules rules,
    @Explain("The table of connections on every node.")
    @Default("{}") Conntrack conntrack) {}
