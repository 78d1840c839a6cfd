package org.podpath.experiments.tables;

import org.podpath.experiments.Explain;

/**
 * What a link and the port that feeds it did during a window of time; a link that did nothing in it
 * has no row.
 */
public record LinkRow(
    @Explain("Number of the run.") long runId,
    @Explain("Name of the link: host0.up leads from host0 to its switch, leaf0.spine1 from leaf0 "
        + "to spine1.") String link,
    @Explain("Start of the window, from the start of the simulation.") long windowStartNs,
    @Explain("Length of the window.") long windowNs,
    @Explain("Taken by the port to be sent, with all headers, preamble and gap; what waits at the "
        + "end of the window is part of it.") long txBytes,
    @Explain("Time that tx_bytes take on the link, divided by window_ns; above 1 if more waits at "
        + "the end than the link carried.") Double utilisationRatio,
    @Explain("Most that a packet found waiting at the port, with the one that was leaving; of all "
        + "classes. The flow engine knows no waiting, no drops, marks and pauses: 0.") long queueBytesMax,
    @Explain("Packets that the port dropped: without room, larger than the link takes, or where a "
        + "mark was due that the sender does not understand.") long drops,
    @Explain("Packets that the port marked with congestion experienced.") long ecnMarks,
    @Explain("Time for which the port was told to wait, of all traffic classes "
        + "together.") long pfcPauseNs) {}
