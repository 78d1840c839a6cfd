package org.podpath.workloads;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.kernel.RandomStream;
import org.podpath.engine.kernel.Simulator;
import org.podpath.engine.results.Recorder;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Engine;
import org.podpath.engine.traffic.Flow;
import org.podpath.engine.traffic.Pace;
import org.podpath.engine.traffic.Protocol;

/**
 * What a job needs of its run: the engine, the recorder, the numbering of connections and flows, and
 * random streams that carry the job's name, so that a job draws the same numbers whoever else is there.
 */
public final class Session {
  private static final int FIRST_EPHEMERAL_PORT = 32_768;
  private static final int EPHEMERAL_PORTS = 28_232;
  /** Where RoCE version 2 listens (IANA: roce). */
  private static final int ROCE_PORT = 4791;

  private final Numbers numbers;
  private final String job;
  private final JobObserver observer;
  /** By opener and other end. */
  private final Map<Long, Integer> nextPorts = new HashMap<>();

  /** What all jobs of a run share. */
  private static final class Numbers {
    private final Simulator simulator;
    private final Engine engine;
    private final Recorder recorder;
    private final Protocol reliable;
    private int connections;
    private long flows;

    private Numbers(
        Simulator simulator, Engine engine, Recorder recorder, Protocol reliable) {
      this.simulator = simulator;
      this.engine = engine;
      this.recorder = recorder;
      this.reliable = reliable;
    }
  }

  private Session(Numbers numbers, String job, JobObserver observer) {
    this.numbers = numbers;
    this.job = job;
    this.observer = observer;
  }

  /** Makes the sessions of a run's jobs. */
  public static final class Factory {
    private final Numbers numbers;

    /** No job yet; connections are TCP. */
    public Factory(Simulator simulator, Engine engine, Recorder recorder) {
      this(simulator, engine, recorder, Protocol.TCP);
    }

    /**
     * No job yet.
     *
     * @param reliable protocol of all connections but those for datagrams
     */
    public Factory(
        Simulator simulator, Engine engine, Recorder recorder, Protocol reliable) {
      numbers = new Numbers(simulator, engine, recorder, reliable);
    }

    /**
     * The session of the job called {@code job}, such as {@code blue/0}.
     *
     * @param observer told of its connections
     * @throws IllegalStateException if it has one already
     */
    public Session of(String job, JobObserver observer) {
      return new Session(numbers, job, observer);
    }
  }

  Simulator simulator() {
    return numbers.simulator;
  }

  Engine engine() {
    return numbers.engine;
  }

  Recorder recorder() {
    return numbers.recorder;
  }

  /** The job's random stream for {@code purpose}. */
  RandomStream random(String purpose) {
    return numbers.simulator.random(nameOf(purpose));
  }

  /** The name of the job's random stream for {@code purpose}. */
  String nameOf(String purpose) {
    return "tenant/" + job + "/" + purpose;
  }

  /**
   * Opens a connection of the run's protocol from an ephemeral port: for each two pods one after the
   * other from a random one, within the range of Linux (net.ipv4.ip_local_port_range: 32768 to 60999;
   * net/ipv4/inet_hashtables.c, __inet_hash_connect). So connections have the same ports in whatever
   * order those of different pods are opened.
   *
   * @param destinationPort of the service; with RoCE all services have the same
   */
  Connection connect(Pod source, Pod destination, int destinationPort) {
    boolean roce = numbers.reliable == Protocol.ROCE;
    return connect(
        source, destination, numbers.reliable, roce ? ROCE_PORT : destinationPort);
  }

  /** The same for datagrams, whatever the run's protocol. */
  Connection connectDatagrams(Pod source, Pod destination, int destinationPort) {
    return connect(source, destination, Protocol.UDP, destinationPort);
  }

  private Connection connect(
      Pod source, Pod destination, Protocol protocol, int destinationPort) {
    Connection connection =
        new Connection(
            numbers.connections++, source.id(), destination.id(), protocol,
            nextPort(source.id(), destination.id()), destinationPort);
    observer.connected(connection);
    return connection;
  }

  private int nextPort(int opener, int other) {
    long pair = (long) opener << Integer.SIZE | other;
    Integer known = nextPorts.get(pair);
    int next =
        known == null
            ? random("ephemeral ports " + opener + " " + other).nextInt(EPHEMERAL_PORTS)
            : known;
    nextPorts.put(pair, (next + 1) % EPHEMERAL_PORTS);
    return FIRST_EPHEMERAL_PORT + next;
  }

  /** A flow of {@code bytes} from the opener of {@code connection}. */
  Flow request(Connection connection, long bytes, long untilPs) {
    return new Flow(numbers.flows++, connection, false, bytes, untilPs);
  }

  /** A flow of {@code bytes} to the opener of {@code connection}. */
  Flow reply(Connection connection, long bytes) {
    return new Flow(numbers.flows++, connection, true, bytes, Flow.NEVER_PS);
  }

  /** Datagrams of {@code bytes} together from the opener of {@code connection}. */
  Flow request(Connection connection, long bytes, long untilPs, Pace pace) {
    return datagrams(connection, false, bytes, untilPs, pace);
  }

  /** One datagram of {@code bytes}, to the opener of {@code connection} if {@code reverse}. */
  Flow datagram(Connection connection, boolean reverse, int bytes) {
    return datagrams(connection, reverse, bytes, Flow.NEVER_PS, Pace.every(bytes, 0));
  }

  private Flow datagrams(
      Connection connection, boolean reverse, long bytes, long untilPs, Pace pace) {
    return new Flow(
        numbers.flows++, connection, reverse, bytes, untilPs, Optional.of(pace), false, false);
  }
}
