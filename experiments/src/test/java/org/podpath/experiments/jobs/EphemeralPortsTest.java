package org.podpath.experiments.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.podpath.engine.traffic.Connection;

/** Which ports connections have: what receive queues and equal paths hash. */
class EphemeralPortsTest {
  @TempDir
  private Path folder;

  /** The engines open the connections of a tree in another order, as its messages end in another. */
  @Test
  void theEnginesGiveConnectionsTheSamePorts() {
    String text = """
        experiment: ports
        cluster: {hosts: 8, gpus: 1, profile: seed10g, nic: 10Gbps}
        network: {cni: flannel}
        tenants: {blue: {jobs: [all-reduce: {ranks: 8, bytes: 1MB, algorithm: tree}]}}
        """;
    Set<String> packet = connections(text, "engine=packet");

    assertThat(packet).hasSizeGreaterThan(8).isEqualTo(connections(text, "engine=flow"));
  }

  @Test
  void connectionsOfTwoPodsHaveOnePortAfterTheOther() {
    String text = """
        experiment: ports
        cluster: {hosts: 2, profile: ref}
        network: {cni: cilium}
        placement: {a: host0, b: host1}
        tenants: {blue: {jobs: [stream: {from: a, to: b, bytes: 1MB, flows: 4}]}}
        """;
    int[] ports = Played.first(folder, text)
        .result()
        .report()
        .flows()
        .stream()
        .mapToInt(flow -> flow.flow().connection().sourcePort())
        .sorted()
        .toArray();

    assertThat(ports).hasSize(4);
    assertThat(ports[3] - ports[0]).isEqualTo(3);
  }

  private Set<String> connections(String text, String engine) {
    Set<String> seen = new TreeSet<>();
    Played.first(folder, text, engine).result().report().flows().forEach(finished -> {
      Connection connection = finished.flow().connection();
      seen.add(
          connection.sourcePod() + ":" + connection.sourcePort() + " "
              + connection.destinationPod());
    });
    return seen;
  }
}
