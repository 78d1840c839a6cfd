package org.podpath.engine.cluster;

/**
 * One network card for each GPU of a host and one switch for each of them: card i of every host is
 * on {@code rail}i, so that GPUs of equal index are one switch apart. Rails are joined by spines.
 *
 * <p>Source: W. Wang and others, "Rail-only: A Low-Cost High-Performance Network for Training LLMs
 * with Trillion Parameters", arXiv 2307.12169, section 2; "Doubling all2all Performance with NVIDIA
 * Collective Communication Library 2.12", NVIDIA technical blog, 2022.
 *
 * @param rails cards of each host, and switches that hosts are on
 * @param spines switches that every rail is joined to
 */
public record RailOptimised(int rails, int spines) implements Fabric {
  public RailOptimised {
    Fabric.require(rails, "rail");
    Fabric.require(spines, "spine");
  }

  @Override
  public int cardsPerHost() {
    return rails;
  }

  @Override
  public long mostHosts() {
    return Integer.MAX_VALUE;
  }

  @Override
  public String room() {
    return "the ports of a rail";
  }

  @Override
  public void draw(Blueprint blueprint, Equipment equipment) {
    int[] rail = blueprint.addSwitches(rails, "rail", equipment);
    int[] spine = blueprint.addSwitches(spines, "spine", equipment);
    for (int below : rail) {
      for (int above : spine) {
        blueprint.join(below, above, equipment.inner());
      }
    }
    int[] switchOfCard = new int[blueprint.hosts() * rails];
    for (int card = 0; card < switchOfCard.length; card++) {
      switchOfCard[card] = rail[card % rails];
    }
    blueprint.attach(switchOfCard, equipment.edge());
  }
}
