package org.podpath.experiments.claims;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.run.Progress;
import org.podpath.experiments.run.RunResult;

/**
 * Checks claims: plays each experiment that they need once on its own host profile and once on
 * every other that is asked for, and compares.
 */
public final class CheckClaims {
  private final Map<Key, Trial> trials = new LinkedHashMap<>();
  private final Map<Key, Predictions> predictions = new LinkedHashMap<>();
  private final Set<String> messages = new LinkedHashSet<>();
  private boolean everyRunEnded = true;
  private final List<Claim> claims;
  private final Options options;

  private CheckClaims(List<Claim> claims, Options options) {
    this.claims = claims;
    this.options = options;
  }

  /**
   * How to check.
   *
   * @param scenarios folder that holds the experiments
   * @param engine instead of the scenarios'
   * @param progress where to say how far it is; null: nowhere
   */
  public record Options(Path scenarios, Optional<String> engine, PrintWriter progress) {}

  /**
   * What came out.
   *
   * @param judgements one for each claim, in their order
   * @param messages why runs give no numbers, if some do not
   * @param everyRunEnded whether every run came to its end, be it outside what the engine models
   */
  public record Checked(
      List<Judgement> judgements, List<String> messages, boolean everyRunEnded) {

    public Checked {
      judgements = List.copyOf(judgements);
      messages = List.copyOf(messages);
    }

    /** Whether every run came to its end and every claim holds as much as it did before. */
    public boolean isGood() {
      return everyRunEnded && judgements.stream().noneMatch(Judgement::isWorseThanRecorded);
    }
  }

  /** An experiment on a profile; without one, on its own. */
  private record Key(String experiment, Optional<String> profile) {}

  /**
   * Checks {@code claims}.
   *
   * @throws WrongInput if they name something that their experiments do not have
   */
  public static Checked check(List<Claim> claims, Options options) {
    return new CheckClaims(claims, options).checked();
  }

  private Checked checked() {
    readTrials();
    playTrials();
    List<Judgement> judgements = claims.stream().map(this::judgement).toList();
    return new Checked(judgements, List.copyOf(messages), everyRunEnded);
  }

  private void readTrials() {
    List<String> faults = new ArrayList<>();
    for (Claim claim : claims) {
      Trial own = trial(new Key(claim.experiment(), Optional.empty()));
      faults.addAll(own.faults(claim));
      otherProfiles(claim)
          .forEach(profile -> trial(new Key(claim.experiment(), Optional.of(profile))));
    }
    if (!faults.isEmpty()) {
      throw new WrongInput(faults);
    }
  }

  private Trial trial(Key key) {
    return trials.computeIfAbsent(key, missing -> {
      List<String> overrides = new ArrayList<>();
      options.engine().ifPresent(engine -> overrides.add("engine=" + engine));
      missing.profile().ifPresent(profile -> overrides.add("cluster.profile=" + profile));
      return Trial.read(options.scenarios().resolve(missing.experiment() + ".yaml"), overrides);
    });
  }

  private List<String> otherProfiles(Claim claim) {
    String own = trial(new Key(claim.experiment(), Optional.empty())).profile();
    return claim.otherProfiles().stream().filter(profile -> !profile.equals(own)).toList();
  }

  private void playTrials() {
    int runs = trials.values().stream().mapToInt(Trial::runs).sum();
    int threads = Runtime.getRuntime().availableProcessors();
    try (Progress progress = new Progress(runs, options.progress())) {
      trials.forEach((key, trial) -> {
        List<RunResult> results = trial.play(threads, progress::oneMore);
        predictions.put(key, trial.predictions(results));
        results.stream().filter(result -> !result.ok()).forEach(result -> note(key, result));
      });
    }
  }

  private void note(Key key, RunResult result) {
    everyRunEnded &= result.status().equals(RunResult.OUTSIDE_VALIDITY);
    String why = result.message().map(message -> ": " + message).orElse("");
    messages.add(key.experiment() + ": " + result.status() + why);
  }

  private Judgement judgement(Claim claim) {
    Map<String, Verdict> elsewhere = new LinkedHashMap<>();
    for (String profile : otherProfiles(claim)) {
      Key key = new Key(claim.experiment(), Optional.of(profile));
      elsewhere.put(profile, Verdict.of(claim.parts(predictions.get(key))));
    }
    Key own = new Key(claim.experiment(), Optional.empty());
    return new Judgement(claim, claim.parts(predictions.get(own)), elsewhere);
  }
}
