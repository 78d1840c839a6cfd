package org.podpath.engine.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.podpath.engine.cluster.Cluster;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Lookup;

/**
 * The connections in the tables of all hosts. Where a table is full, the first packet of a new
 * connection is dropped (Linux, net/netfilter/nf_conntrack_core.c: "table full, dropping packet").
 * What has been closed stays for a while.
 */
public final class TrackedConnections {
  /** Linux, net.netfilter.nf_conntrack_tcp_timeout_time_wait. */
  private static final long TIME_WAIT_PS = 120_000_000_000_000L;

  private final Cluster cluster;
  private final Optional<Lookup.Connections> limit;
  private final Table[] tables;

  /** The tables of {@code cluster} as {@code cni} has them; without a limit, everything fits. */
  public TrackedConnections(Cluster cluster, Cni cni) {
    this.cluster = cluster;
    limit = cni.connections();
    tables = new Table[cluster.topology().hosts().size()];
    limit.ifPresent(connections -> {
      for (int host = 0; host < tables.length; host++) {
        tables[host] = new Table(connections);
      }
    });
  }

  /** Whether the table of the host of {@code pod} takes a new connection; it is in it then. */
  public boolean open(int pod, long nowPs) {
    return limit.isEmpty() || table(pod).open(nowPs);
  }

  /** A connection of {@code pod} has been closed. */
  public void close(int pod, long nowPs) {
    if (limit.isPresent()) {
      table(pod).close(nowPs);
    }
  }

  private Table table(int pod) {
    return tables[cluster.hostOf(pod).id()];
  }

  /** How often tables were full: a sentence for each host where one was. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (int host = 0; host < tables.length; host++) {
      if (tables[host] != null && tables[host].dropped > 0) {
        notes.add(
            cluster.topology().hosts().get(host).name() + ": first packets of new connections found"
                + " its conntrack table full " + tables[host].dropped + " times; it takes "
                + limit.orElseThrow().most());
      }
    }
    return notes;
  }

  /** The table of one host. */
  private static final class Table {
    private final long most;
    private long inUse;
    private long dropped;
    /** When closed connections leave, in a ring. */
    private long[] leavePs = new long[16];
    private int first;
    private int leaving;

    private Table(Lookup.Connections connections) {
      most = connections.most();
      inUse = connections.entries();
    }

    private boolean open(long nowPs) {
      while (leaving > 0 && leavePs[first] <= nowPs) {
        first = (first + 1) % leavePs.length;
        leaving--;
        inUse--;
      }
      if (inUse >= most) {
        dropped++;
        return false;
      }
      inUse++;
      return true;
    }

    private void close(long nowPs) {
      if (leaving == leavePs.length) {
        grow();
      }
      leavePs[(first + leaving++) % leavePs.length] = nowPs + TIME_WAIT_PS;
    }

    private void grow() {
      long[] larger = new long[2 * leavePs.length];
      for (int i = 0; i < leaving; i++) {
        larger[i] = leavePs[(first + i) % leavePs.length];
      }
      leavePs = larger;
      first = 0;
    }
  }
}
