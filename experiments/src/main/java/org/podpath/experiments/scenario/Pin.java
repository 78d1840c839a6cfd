package org.podpath.experiments.scenario;

import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Range;

/** The CPUs of one pod on its host. */
@Explain("The CPUs of one pod on its host, from 0.")
public record Pin(
    @Explain("CPU that sends, and takes the acknowledgements.") @Range(most = 2_047) int tx,
    @Explain("CPU that receives.")
    @Range(most = 2_047) int rx) {}
