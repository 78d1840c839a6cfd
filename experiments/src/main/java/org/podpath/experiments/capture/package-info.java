/**
 * Frames as somebody who listens on a link sees them: a pcapng file that Wireshark opens.
 *
 * <p>{@link CaptureFile} is what a run shows its frames to; {@link FrameImage} makes the bytes of a
 * frame, header by header, {@link Pcapng} puts them into a file. The engine knows no headers: it
 * says what a frame is for, and the layers around it follow from the network's list of stages. A
 * new encapsulation is a constant of {@link Layer}; a test over all networks says when one is
 * missing. The bytes of a frame are as many as the model charges a link for, less preamble, gap and
 * checksum, which no capture holds.
 */
package org.podpath.experiments.capture;
