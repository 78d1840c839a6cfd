package org.podpath.engine.flow;

/** A flow as a resource sees it. */
final class Sharer {
  final SharedResource[] on;
  /** What one unit of level takes of the resource of the same position. */
  final double[] uses;
  final double weight;
  /** The level at which its rate is its cap. */
  final double capLevel;
  /** Its level before the solution under way touched it. */
  double levelBefore;
  boolean touched;
  boolean capQueued;

  Sharer(Use use, SharedResource[] resources) {
    weight = use.weight();
    capLevel = Levels.rounded(use.cap() / weight);
    on = new SharedResource[use.resources().length];
    uses = new double[on.length];
    for (int i = 0; i < on.length; i++) {
      on[i] = resources[use.resources()[i]];
      uses[i] = weight * use.amounts()[i];
    }
  }
}
