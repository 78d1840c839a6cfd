package org.podpath.experiments.scenario;

import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Default;
import org.podpath.experiments.yaml.Range;

/** The rules that services and policies leave in the datapath. */
@Explain("The rules that packets are checked against.")
public record Rules(
    @Explain("Services in the cluster, each with its address and back ends.")
    @Default("0") @Range(most = 1_000_000) int services,
    @Explain("Network policies that select the pods.")
    @Default("0") @Range(most = 1_000_000) int policies,
    @Explain("Which packets search the rules.")
    @Default("new-only") Walk walk) {}
