package org.podpath.experiments.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.podpath.cni.Dataplane;
import org.podpath.cni.Kernel;
import org.podpath.cni.NamedPath;
import org.podpath.cni.PathStep.Chain;
import org.podpath.cni.PathStep.Hop;
import org.podpath.cni.SetKind;
import org.podpath.engine.datapath.Cni;
import org.podpath.engine.datapath.Match;
import org.podpath.engine.datapath.Stage;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.scenario.PathSpec;
import org.podpath.experiments.scenario.PathStep;
import org.podpath.experiments.scenario.Walk;
import org.podpath.experiments.yaml.Place;
import org.podpath.experiments.yaml.YamlNode;
import org.podpath.experiments.yaml.YamlPath;

/** Makes the engine's stages out of the steps that a user spells. */
public final class PathWiring {
  private final Kernel kernel;
  private final YamlNode source;
  private final YamlPath path;
  private final List<String> faults = new ArrayList<>();

  private PathWiring(Kernel kernel, YamlNode source, YamlPath path) {
    this.kernel = kernel;
    this.source = source;
    this.path = path;
  }

  /**
   * The network of a path.
   *
   * @param source the tree that it was made of
   * @param path to it in that tree
   * @throws WrongInput with every step that has no cost
   */
  public static Cni network(PathSpec spec, Kernel kernel, YamlNode source, YamlPath path) {
    PathWiring wiring = new PathWiring(kernel, source, path);
    Optional<List<Stage>> sameHost =
        spec.sameHost().map(steps -> wiring.stages("same-host", steps));
    List<Stage> send = wiring.stages("send", spec.send());
    List<Stage> receive = wiring.stages("receive", spec.receive());
    if (!wiring.faults.isEmpty()) {
      throw new WrongInput(wiring.faults);
    }
    return NamedPath.network(kernel, sameHost, send, receive);
  }

  private List<Stage> stages(String way, List<PathStep> steps) {
    List<Stage> stages = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      YamlPath at = path.then(way).then(Integer.toString(i));
      try {
        spelled(steps.get(i)).forEach(step -> stages.addAll(NamedPath.stages(step, kernel)));
      } catch (IllegalArgumentException wrong) {
        Place place = at.placeIn(source);
        faults.add(place + ": " + at.key() + ": " + wrong.getMessage());
      }
    }
    return stages;
  }

  private static List<org.podpath.cni.PathStep> spelled(PathStep step) {
    return switch (step) {
      case PathStep.Operation operation -> List
          .of(new org.podpath.cni.PathStep.Operation(operation.name()));
      case PathStep.Repeat repeat -> Collections.nCopies(
          repeat.times(), new org.podpath.cni.PathStep.Operation(repeat.operation()));
      case PathStep.Bridge bridge -> List.of(new Chain(Hop.BRIDGE, bridge.count()));
      case PathStep.Router router -> List.of(new Chain(Hop.ROUTER, router.count()));
      case PathStep.Rules rules -> List.of(
          new org.podpath.cni.PathStep.Rules(
              Dataplane.valueOf(rules.dataplane().name()), Match.valueOf(rules.kind().name()),
              rules.count(), rules.walk() == Walk.NEW_ONLY));
      case PathStep.Set set -> List.of(
          new org.podpath.cni.PathStep.Search(
              kind(set.kind()), set.entries(), set.prefixLengths()));
    };
  }

  private static SetKind kind(PathStep.SetKind kind) {
    return switch (kind) {
      case IPSET -> SetKind.IPSET_HASH_NET;
      case NFT_HASH -> SetKind.NFT_HASH_SET;
      case NFT_MAP -> SetKind.NFT_VERDICT_MAP;
      case NFT_INTERVAL -> SetKind.NFT_INTERVAL_SET;
      case EBPF_HASH -> SetKind.EBPF_HASH_MAP;
      case EBPF_LPM -> SetKind.EBPF_LPM;
    };
  }
}
