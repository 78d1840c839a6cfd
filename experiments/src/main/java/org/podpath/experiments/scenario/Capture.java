package org.podpath.experiments.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.podpath.experiments.Explain;
import org.podpath.experiments.yaml.Default;
import org.podpath.experiments.yaml.InvalidParameters.Problem;
import org.podpath.experiments.yaml.Range;
import org.podpath.experiments.yaml.YamlPath;

/** Frames that are written to a file as somebody who listens on links sees them. */
@Explain("Frames in a file that Wireshark opens (pcapng); only the packet engine has frames.")
public record Capture(
    @Explain("Names of the links to listen on: `host0.up` leads from host0 to its switch,"
        + " `host0.down` back. A frame is in the file once for each of them that it crosses, at"
        + " the time when its last bit comes to the link's end; connections are followed best on"
        + " the two links of one host.")
    @Default("every link") @Range(least = 1) Optional<List<String>> links,
    @Explain("Frames of each run after which the listening ends.")
    @Default("1000") @Range(least = 1, most = 10_000_000) int frames,
    @Explain("Bytes kept of each frame, from its first on; 256B hold all headers.")
    @Default("256KiB") @Range(least = 1, most = 262_144) long snaplenBytes,
    @Explain("File in the folder of results; of several runs each has its number in the name,"
        + " such as capture-0.pcapng.")
    @Default("capture.pcapng") String file) {
  private static final String END = ".pcapng";
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\.pcapng");

  /** What does not go together, as seen from the scenario. */
  List<Problem> problems(EngineKind engine) {
    YamlPath path = YamlPath.of("capture");
    List<Problem> problems = new ArrayList<>();
    if (engine == EngineKind.FLOW) {
      problems.add(
          new Problem(
              path,
              "the flow engine plays no packets; write 'engine: packet', or leave 'capture' out"));
    }
    if (!FILE.matcher(file).matches()) {
      problems.add(
          new Problem(
              path.then("file"),
              "'" + file + "' does not name a capture; write letters, digits, '-', '_' and '.',"
                  + " the first a letter or digit, and .pcapng at the end"));
    }
    TreeSet<String> named = new TreeSet<>();
    List<String> names = links.orElse(List.of());
    for (int i = 0; i < names.size(); i++) {
      if (!named.add(names.get(i))) {
        problems.add(
            new Problem(
                path.then("links").then("" + i),
                "'" + names.get(i) + "' stands there twice; write it once"));
      }
    }
    return problems;
  }

  /**
   * The name of the file of a run.
   *
   * @param runs how many runs there are
   */
  public String fileOf(long run, int runs) {
    String name = file.substring(0, file.length() - END.length());
    return runs == 1 ? file : name + "-" + run + END;
  }
}
