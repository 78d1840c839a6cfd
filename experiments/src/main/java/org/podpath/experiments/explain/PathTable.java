package org.podpath.experiments.explain;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.podpath.engine.datapath.Component;
import org.podpath.engine.datapath.CoreRole;
import org.podpath.engine.datapath.Datapath;
import org.podpath.engine.datapath.Hook;
import org.podpath.engine.datapath.Lookup;
import org.podpath.engine.datapath.Stage;

/**
 * A way through a host as rows, one for each stage.
 *
 * @param name what the way leads from and to
 */
record PathTable(String name, List<PathRow> rows) {
  static final String NOTHING = "nothing stands between the two TCP stacks";
  private static final String CONNECTION = "connection";
  private static final String FRAME = "frame";

  PathTable {
    rows = List.copyOf(rows);
  }

  /**
   * The rows of {@code path}.
   *
   * @param start the core it starts on
   * @param unit what passes where it is not cut into frames, such as {@code super-packet}
   */
  static PathTable of(Datapath path, CoreRole start, String unit) {
    boolean frames = path.beginsInFrames();
    CoreRole core = start;
    List<PathRow> rows = new ArrayList<>();
    for (Stage stage : path.stages()) {
      switch (stage) {
        case Stage.Work work -> {
          if (!isFree(work)) {
            rows.add(work(work, core, frames ? FRAME : unit));
          }
        }
        case Stage.Split split -> {
          frames = true;
          rows.add(cost(split, core, FRAME, split.perPiece().fixedPs(), 0, "cuts into frames"));
        }
        case Stage.Merge merge -> {
          frames = false;
          String joins = "joins waiting frames";
          rows.add(cost(merge, core, FRAME, merge.perPiece().fixedPs(), 0, joins));
        }
        case Stage.Handoff handoff -> {
          frames |= handoff.to() == CoreRole.POLLING;
          core = handoff.to();
          rows.add(free(handoff, "on to the " + word(core) + " core"));
        }
        case Stage.Branch branch -> {
          if (branch.when().ends()) {
            rows.addAll(of(branch.detour(), core, unit).rows);
            rows.add(free(branch, "ends here"));
            return new PathTable(path.name(), rows);
          }
          rows.add(free(branch, "takes the detour:"));
          for (PathRow row : of(branch.detour(), core, CONNECTION).rows) {
            rows.add(inDetour(row));
          }
        }
        case Stage.Wrap wrap -> {
          if (wrap.headerBytes() != 0) {
            rows.add(free(wrap, bytes(wrap)));
          }
        }
        case Stage.Delay delay -> rows
            .add(free(delay, "waits " + ns(delay.delayPs()) + " ns, no CPU"));
      }
    }
    return new PathTable(path.name(), rows);
  }

  /** A place where a network without encapsulation does nothing. */
  private static boolean isFree(Stage.Work work) {
    return work.fixedPs() == 0 && work.cost().psPerByte() == 0 && work.lookup().isEmpty();
  }

  private static PathRow work(Stage.Work work, CoreRole core, String unit) {
    String per =
        work.hook().component() == Component.IRQ
            ? "interrupt"
            : work.fixedPs() == 0 && work.cost().psPerByte() > 0 ? "byte"
            : unit;
    String search = work.lookup().map(PathTable::inWords).orElse("");
    return cost(work, core, per, work.fixedPs(), work.cost().psPerByte(), search);
  }

  private static String inWords(Lookup lookup) {
    return switch (lookup) {
      case Lookup.RuleWalk walk -> inWords(walk);
      case Lookup.HashTable table -> table.inWords();
      case Lookup.PrefixSet set -> set.inWords();
      case Lookup.Tree tree -> tree.inWords();
      case Lookup.FlowCache cache -> cache.inWords();
      case Lookup.ConnectionTable table -> table.inWords();
    };
  }

  /** Without the kinds of rule of which there is none. */
  private static String inWords(Lookup.RuleWalk walk) {
    List<Lookup.Rules> met = walk.rules().stream().filter(rules -> rules.count() > 0).toList();
    return met.isEmpty()
        ? "no rule here without services and policies"
        : new Lookup.RuleWalk(met, walk.table()).inWords();
  }

  private static PathRow cost(
      Stage stage, CoreRole core, String per, long fixedPs, long psPerByte, String note) {
    boolean hostPath = stage.hook().component() == Component.HOST_PATH;
    return new PathRow(
        false, stage.hook().name(), stage.name(), word(core), per, fixedPs, psPerByte, hostPath,
        note);
  }

  private static PathRow free(Stage stage, String note) {
    return new PathRow(false, stage.hook().name(), stage.name(), "", "", 0, 0, false, note);
  }

  private static PathRow inDetour(PathRow row) {
    return new PathRow(
        true, row.hook(), row.stage(), row.core(), row.per(), row.fixedPs(), row.psPerByte(),
        row.hostPath(), row.note());
  }

  private static String bytes(Stage.Wrap wrap) {
    String sign = wrap.headerBytes() > 0 ? "+" : "−";
    return sign + Math.abs(wrap.headerBytes()) + " bytes"
        + (wrap.insideMtu() ? "" : ", outside the MTU");
  }

  private static String word(CoreRole core) {
    return core.name().toLowerCase(Locale.ROOT);
  }

  /** Reference time that every super-packet spends in the host's namespace. */
  long hostPs() {
    return rows.stream().filter(r -> r.hostPath() && !r.detour()).mapToLong(PathRow::fixedPs).sum();
  }

  /** Reference time that every frame spends on cores that poll, its bytes not counted. */
  long polledPs() {
    return rows.stream()
        .filter(row -> row.hook().equals(Hook.POLL.name()))
        .mapToLong(PathRow::fixedPs)
        .sum();
  }

  /** Reference time that the first packet of a connection takes on top, warm or not. */
  long firstOfConnectionPs() {
    return rows.stream().filter(PathRow::detour).mapToLong(PathRow::fixedPs).sum();
  }

  /** Picoseconds as nanoseconds with as many decimals as they have. */
  static String ns(long ps) {
    BigDecimal ns = BigDecimal.valueOf(ps).movePointLeft(3);
    return ns.signum() == 0 ? "0" : ns.stripTrailingZeros().toPlainString();
  }
}
