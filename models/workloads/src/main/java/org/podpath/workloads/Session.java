package org.podpath.workloads;

import org.podpath.engine.cluster.Pod;
import org.podpath.engine.kernel.RandomStream;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.results.Recorder;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Engine;
import org.podpath.engine.traffic.Flow;
import org.podpath.engine.traffic.Protocol;

/**
 * What the jobs of a run share: the engine, the recorder, and the numbering of connections and
 * flows.
 */
public final class Session {
  private static final int FIRST_EPHEMERAL_PORT = 32_768;
  private static final int EPHEMERAL_PORTS = 28_232;

  private final Simulator simulator;
  private final Engine engine;
  private final Recorder recorder;
  private final RandomStream ports;
  private int connections;
  private long flows;

  /** No connection yet. */
  public Session(Simulator simulator, Engine engine, Recorder recorder) {
    this.simulator = simulator;
    this.engine = engine;
    this.recorder = recorder;
    ports = simulator.random("ephemeral ports");
  }

  Simulator simulator() {
    return simulator;
  }

  Engine engine() {
    return engine;
  }

  Recorder recorder() {
    return recorder;
  }

  /**
   * Opens a TCP connection from an ephemeral port, as Linux draws them
   * (net.ipv4.ip_local_port_range: 32768 to 60999).
   *
   * @param destinationPort of the service
   */
  Connection connect(Pod source, Pod destination, int destinationPort) {
    int port = FIRST_EPHEMERAL_PORT + ports.nextInt(EPHEMERAL_PORTS);
    return new Connection(
        connections++, source.id(), destination.id(), Protocol.TCP, port, destinationPort);
  }

  /** A flow of {@code bytes} from the opener of {@code connection}. */
  Flow request(Connection connection, long bytes, long untilPs) {
    return new Flow(flows++, connection, false, bytes, untilPs);
  }

  /** A flow of {@code bytes} to the opener of {@code connection}. */
  Flow reply(Connection connection, long bytes) {
    return new Flow(flows++, connection, true, bytes, Flow.NEVER_PS);
  }
}
