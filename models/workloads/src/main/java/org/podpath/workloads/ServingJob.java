package org.podpath.workloads;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.podpath.engine.cluster.Pod;
import org.podpath.engine.kernel.EventHandler;
import org.podpath.engine.kernel.RandomStream;
import org.podpath.engine.traffic.Connection;
import org.podpath.engine.traffic.Flow;

/**
 * Clients send requests at random times to servers chosen at random; each server answers one after the
 * other. Which request comes when, from whom and to whom depends on the seed and the job's name alone.
 */
public final class ServingJob implements Job {
  /** Name of the timed metric. */
  public static final String REQUEST = "request";

  private static final int PORT = 8080;

  private final Session session;
  private final ServingPlan plan;
  private final List<Pod> clients;
  private final String name;
  private final JobObserver observer;
  private final Arrivals arrivals;
  private final RandomStream choices;
  private final List<Server> servers = new ArrayList<>();
  private final Connection[][] connections;
  private long sent;
  private long answered;

  /**
   * A load that has not begun.
   *
   * @param name of the job, as in the latency table
   */
  public ServingJob(
      Session session,
      ServingPlan plan,
      String name,
      List<Pod> clients,
      List<Pod> servers,
      JobObserver observer) {
    this.session = session;
    this.plan = plan;
    this.name = name;
    this.clients = List.copyOf(clients);
    this.observer = observer;
    arrivals = new Arrivals(session.random("arrivals"), plan.requestsPerSecond(), plan.bursty());
    choices = session.random("who");
    servers.forEach(pod -> this.servers.add(new Server(pod)));
    connections = new Connection[clients.size()][servers.size()];
  }

  /** A server and the requests that wait for it. */
  private final class Server {
    private final Pod pod;
    private final ArrayDeque<Pending> waiting = new ArrayDeque<>();
    private boolean busy;

    Server(Pod pod) {
      this.pod = pod;
    }

    void arrived(Pending request) {
      request.reachedPs = session.simulator().nowPs();
      waiting.add(request);
      if (!busy) {
        serveNext();
      }
    }

    private void serveNext() {
      Pending request = waiting.poll();
      busy = request != null;
      if (busy) {
        request.queuePs = session.simulator().nowPs() - request.reachedPs;
        session.simulator().after(plan.servicePs(), () -> served(request));
      }
    }

    private void served(Pending request) {
      Flow reply = session.reply(request.connection, plan.replyBytes());
      session.engine().start(reply, () -> answered(request));
      serveNext();
    }
  }

  /** A request that has not been answered. */
  private final class Pending {
    private final Connection connection;
    private final EventHandler done;
    private final long arrivePs = session.simulator().nowPs();
    private long reachedPs;
    private long queuePs;

    Pending(Connection connection, EventHandler done) {
      this.connection = connection;
      this.done = done;
    }
  }

  @Override
  public void start(EventHandler done) {
    next(done);
  }

  private void next(EventHandler done) {
    if (sent < plan.requests()) {
      session.simulator().after(arrivals.gapPs(), () -> send(done));
    }
  }

  private void send(EventHandler done) {
    sent++;
    int client = choices.nextInt(clients.size());
    int server = choices.nextInt(servers.size());
    Pending request = new Pending(connection(client, server), done);
    Flow flow = session.request(request.connection, plan.requestBytes(), Flow.NEVER_PS);
    session.engine().start(flow, () -> servers.get(server).arrived(request));
    next(done);
  }

  private Connection connection(int client, int server) {
    if (connections[client][server] == null) {
      connections[client][server] =
          session.connect(clients.get(client), servers.get(server).pod, PORT);
    }
    return connections[client][server];
  }

  private void answered(Pending request) {
    long nowPs = session.simulator().nowPs();
    observer.request(
        new JobObserver.Request(request.arrivePs, nowPs, request.queuePs, plan.servicePs()));
    session
        .recorder()
        .latency(clients.getFirst().tenant(), name, REQUEST, nowPs - request.arrivePs);
    if (++answered == plan.requests()) {
      request.done.handle();
    }
  }
}
