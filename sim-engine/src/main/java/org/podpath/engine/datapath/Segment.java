package org.podpath.engine.datapath;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.podpath.engine.cluster.Host;
import org.podpath.engine.cluster.HostProfile;

/**
 * A run of stages on one core, added up for one kind of host: time is linear in what passes.
 *
 * <p>The law of a stage: {@code slowness · m · (fixed + look-up + per byte · bytes)} for each unit
 * that passes, with m the cold factor for the first packet after an idle gap at stages of the
 * host's namespace, else 1. What the unit is follows from the place in the list: a super-packet, or
 * a frame after a split and before a merge.
 */
public final class Segment {
  /** What time is charged for. */
  public enum Per {
    INTERRUPT,
    PACKET,
    FRAME,
    PIECE,
    BYTE,
    FIRST_PACKET
  }

  /** assumption: what a core of another memory node than the card's takes longer for a byte. */
  public static final double REMOTE_BYTE_RATIO = 1.4;
  /** assumption: the same for everything else. */
  public static final double REMOTE_RATIO = 1.15;

  private static final Per[] PER = Per.values();
  private static final Component[] COMPONENTS = Component.values();

  private final CoreRole core;
  private final double[][] ps = new double[PER.length][COMPONENTS.length];
  private final double[] sumPs = new double[PER.length];
  private double coldExtraPs;
  private double coldFirstExtraPs;
  /** How many times as long copies take, less than 0 on another memory node, and this one there. */
  private double[] ratios = {};
  private Segment[] elsewhere = {};

  private Segment(CoreRole core) {
    this.core = core;
  }

  /**
   * Adds up {@code path} on hosts of {@code profile}: one segment for each core it visits, in
   * order.
   *
   * @param start the core it starts on
   */
  public static List<Segment> of(Datapath path, HostProfile profile, CoreRole start) {
    return of(path, profile, start, false);
  }

  /**
   * The same for what passes frame by frame.
   *
   * @param train whether frames follow each other: then fixed times of stages of the host's namespace
   *     are those of the profile's train ratio, while searches take as long as ever, and nothing is cut
   *     or joined
   */
  public static List<Segment> of(
      Datapath path, HostProfile profile, CoreRole start, boolean train) {
    return of(
        path, profile, start,
        train ? EnumSet.of(Component.HOST_PATH) : EnumSet.noneOf(Component.class));
  }

  /**
   * The same for frames that a poll takes right behind another: what the host and the protocol do for
   * each is cheaper. The driver never takes them otherwise; its costs are those of frames of a poll.
   */
  static List<Segment> inPolls(Datapath path, HostProfile profile, CoreRole start) {
    return of(
        path, profile, start,
        EnumSet.of(Component.HOST_PATH, Component.PROTOCOL));
  }

  private static List<Segment> of(
      Datapath path, HostProfile profile, CoreRole start, EnumSet<Component> cheaper) {
    boolean train = !cheaper.isEmpty();
    boolean frames = path.beginsInFrames();
    List<Segment> segments = new ArrayList<>();
    Segment segment = new Segment(start);
    segments.add(segment);
    for (Stage stage : path.met()) {
      Component component = stage.hook().component();
      switch (stage) {
        case Stage.Work work -> {
          Per unit = component == Component.IRQ ? Per.INTERRUPT : frames ? Per.FRAME : Per.PACKET;
          double ratio = cheaper.contains(component) ? profile.trainRatio() : 1;
          double searchPs = work.fixedPs() - work.cost().fixedPs();
          segment.add(unit, component, work.cost().fixedPs() * ratio + searchPs, profile);
          segment.add(Per.BYTE, component, work.cost().psPerByte(), profile);
        }
        case Stage.Split split -> {
          frames = true;
          segment.add(Per.PIECE, component, train ? 0 : split.perPiece().fixedPs(), profile);
        }
        case Stage.Merge merge -> {
          frames = false;
          segment.add(Per.PIECE, component, train ? 0 : merge.perPiece().fixedPs(), profile);
        }
        case Stage.Handoff handoff -> {
          segment = new Segment(handoff.to());
          segments.add(segment);
        }
        case Stage.Branch branch -> {
          List<Segment> detour = of(branch.detour(), profile, start);
          if (detour.size() > 1) {
            throw new IllegalArgumentException(
                "'" + branch.detour().name() + "' hands over to another core on the way");
          }
          segment.addDetour(detour.getFirst());
        }
        case Stage.Wrap wrap -> {} // its bytes are the network's, its work stands beside it
        case Stage.Delay delay -> {} // takes time, costs no CPU
      }
    }
    return List.copyOf(segments);
  }

  private void add(Per unit, Component component, double referencePs, HostProfile profile) {
    double hostPs = referencePs * profile.slownessRatio();
    ps[unit.ordinal()][component.ordinal()] += hostPs;
    sumPs[unit.ordinal()] += hostPs;
    if (component == Component.HOST_PATH && (unit == Per.PACKET || unit == Per.FRAME)) {
      coldExtraPs += hostPs * (profile.coldRatio() - 1);
    }
  }

  /**
   * The first packet of a connection takes the detour: what it adds is charged for packets only.
   */
  private void addDetour(Segment detour) {
    for (Per unit : new Per[] {Per.FRAME, Per.PIECE, Per.BYTE, Per.INTERRUPT}) {
      if (detour.sumPs[unit.ordinal()] > 0) {
        throw new IllegalArgumentException("a detour costs time for a packet, not for a " + unit);
      }
    }
    for (Component component : COMPONENTS) {
      double packetPs = detour.ps[Per.PACKET.ordinal()][component.ordinal()];
      ps[Per.FIRST_PACKET.ordinal()][component.ordinal()] += packetPs;
      sumPs[Per.FIRST_PACKET.ordinal()] += packetPs;
    }
    coldFirstExtraPs += detour.coldExtraPs;
  }

  /** The same as it runs on {@code cpu}: longer where memory is far away, or the cache is crowded. */
  public Segment on(Host host, int cpu) {
    boolean far = host.isRemote(cpu);
    if (!far && host.copyRatio() == 1) {
      return this;
    }
    double wanted = far ? -host.copyRatio() : host.copyRatio();
    int at = 0;
    while (at < ratios.length && ratios[at] != wanted) {
      at++;
    }
    if (at == ratios.length) {
      ratios = Arrays.copyOf(ratios, at + 1);
      ratios[at] = wanted;
      elsewhere = Arrays.copyOf(elsewhere, at + 1);
      elsewhere[at] = longer(far, host.copyRatio());
    }
    return elsewhere[at];
  }

  private Segment longer(boolean far, double copyRatio) {
    Segment longer = new Segment(core);
    for (Per unit : PER) {
      double ratio = !far ? 1 : unit == Per.BYTE ? REMOTE_BYTE_RATIO : REMOTE_RATIO;
      int row = unit.ordinal();
      for (Component component : COMPONENTS) {
        int column = component.ordinal();
        double itsRatio = component == Component.COPY ? ratio * copyRatio : ratio;
        longer.ps[row][column] = itsRatio * ps[row][column];
      }
      double crowdedPs = ps[row][Component.COPY.ordinal()] * (copyRatio - 1);
      longer.sumPs[row] = ratio * (sumPs[row] + crowdedPs);
    }
    longer.coldExtraPs = far ? REMOTE_RATIO * coldExtraPs : coldExtraPs;
    longer.coldFirstExtraPs = far ? REMOTE_RATIO * coldFirstExtraPs : coldFirstExtraPs;
    return longer;
  }

  /** Whose core it runs on. */
  public CoreRole core() {
    return core;
  }

  /** Time for each {@code unit} that passes, on a warm core. */
  public double ps(Per unit) {
    return sumPs[unit.ordinal()];
  }

  /** Part of {@link #ps(Per)} that is spent on {@code component}. */
  public double ps(Per unit, Component component) {
    return ps[unit.ordinal()][component.ordinal()];
  }

  /**
   * Time that the first packet on a cold core takes on top. All of it is {@link
   * Component#HOST_PATH}.
   */
  public double coldExtraPs() {
    return coldExtraPs;
  }

  /** The same for the detour of a connection's first packet. */
  public double coldFirstExtraPs() {
    return coldFirstExtraPs;
  }
}
