package org.podpath.experiments.scenario;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.yaml.Faults;
import org.podpath.experiments.yaml.RecordBinder;
import org.podpath.experiments.yaml.TextFile;
import org.podpath.experiments.yaml.YamlNode;
import org.podpath.experiments.yaml.YamlParser;
import org.podpath.experiments.yaml.YamlPath;
import org.podpath.experiments.yaml.YamlWriter;

/**
 * Reads a scenario file: every point of its sweep is made and checked before anything runs.
 *
 * <p>Axes are set in the tree of nodes, before binding, so a fault in a swept value has the line of
 * that value.
 */
public final class ScenarioReader {
  /** What to write into an empty file. */
  private static final String EMPTY =
      "an experiment, its cluster and its tenants (podpath list scenarios names examples)";

  private final Path file;
  private final Faults faults = new Faults();
  private final RecordBinder binder;

  private ScenarioReader(Path file, Names known) {
    this.file = file;
    this.binder = new RecordBinder(known.catalogues(), faults);
  }

  /**
   * The experiment that a file describes.
   *
   * @param overrides values for parameters, each {@code path=value}; the path of an axis, or its
   *     name with the name of a point, narrows that axis
   * @param known the names that the scenario may use
   * @throws WrongInput with every fault found
   */
  public static Experiment read(Path file, List<String> overrides, Names known) {
    return new ScenarioReader(file, known).read(overrides);
  }

  private Experiment read(List<String> overrideTexts) {
    String text = TextFile.read(file, "scenario");
    YamlNode written = YamlParser.parseFile(file.toString(), text, faults, EMPTY);
    int faultsOfTheFile = faults.count();
    Overrides overrides = new Overrides(overrideTexts, faults);
    if (!(overrides.in(written) instanceof YamlNode.Mapping root)) {
      throw new WrongInput(written.place() + ": not a scenario; write 'key: value' lines");
    }
    Sweep sweep = Sweep.of(root, faults);
    overrides.checkTheyLast(sweep);
    boolean axesAreRight = faults.count() == faultsOfTheFile;
    List<Point> points = axesAreRight ? points(root, sweep) : List.of();
    faults.stopIfAny();
    String canonical = YamlWriter.document(root);
    String drawings = drawings(points);
    faults.stopIfAny();
    return new Experiment(
        points.get(0).scenario().experiment(),
        file,
        overrideTexts.isEmpty() ? text : openingComment(text) + canonical,
        canonical + drawings,
        points);
  }

  private List<Point> points(YamlNode.Mapping root, Sweep sweep) {
    YamlNode base =
        new YamlNode.Mapping(
            root.place(),
            root.entries().stream().filter(entry -> !entry.key().equals(Sweep.KEY)).toList());
    List<Point> points = new ArrayList<>();
    for (Sweep.Combination combination : sweep.combinations()) {
      YamlNode node = base;
      for (Setting setting : combination.settings()) {
        node = setting.in(node, faults);
      }
      YamlNode source = node;
      binder.bind(source, Scenario.class).ifPresent(scenario -> {
        Point point = new Point(
            points.size(), Collections.unmodifiableMap(combination.params()), scenario, source);
        checkFiles(point);
        points.add(point);
      });
    }
    return points;
  }

  private void checkFiles(Point point) {
    point.scenario()
        .measured()
        .ifPresent(name -> checkFile(point, "measured", name, "the name of a CSV file"));
    point.scenario()
        .cluster()
        .costs()
        .ifPresent(
            name -> checkFile(point, "cluster.costs", name, "the name of a CSV file of costs"));
    if (point.scenario().cluster().fabric() instanceof FabricSpec.File drawn) {
      checkFile(point, "cluster.fabric.file", drawn.name(), "the name of a topology file");
    }
  }

  private void checkFile(Point point, String path, String name, String what) {
    Path named = point.beside(name);
    if (!Files.isReadable(named) || Files.isDirectory(named)) {
      faults.add(
          point.where(path),
          YamlPath.of(path).key() + ": no file '" + named + "' to read; write " + what
              + " beside the scenario");
    }
  }

  /** What the files of topologies and costs say that the points name, each once. */
  private String drawings(List<Point> points) {
    Set<Path> files = new LinkedHashSet<>();
    Set<Path> costs = new LinkedHashSet<>();
    for (Point point : points) {
      point.scenario().cluster().costs().ifPresent(name -> costs.add(point.beside(name)));
      if (point.scenario().cluster().fabric() instanceof FabricSpec.File drawn) {
        files.add(point.beside(drawn.name()));
      }
    }
    StringBuilder text = new StringBuilder();
    for (Path drawing : files) {
      String written = TextFile.read(drawing, "topology file");
      YamlNode root =
          YamlParser.parseFile(drawing.toString(), written, faults, TopologyReader.EMPTY);
      text.append("---\n").append(YamlWriter.document(root));
    }
    costs.forEach(file -> text.append("---\n").append(TextFile.read(file, "CSV file of costs")));
    return text.toString();
  }

  private static String openingComment(String text) {
    return text.lines()
        .takeWhile(line -> line.startsWith("#"))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }
}
