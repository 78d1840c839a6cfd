package org.podpath.experiments.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.podpath.experiments.claims.CheckClaims;
import org.podpath.experiments.claims.Claim;
import org.podpath.experiments.claims.Claims;
import org.podpath.experiments.claims.ClaimsReport;
import org.podpath.experiments.run.ThisProgram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code podpath claims}. */
@Command(
    name = "claims",
    mixinStandardHelpOptions = true,
    description = "Checks published claims: predicted, published, verdict.",
    footer = {"", "Example:", "  podpath claims --source seed-a --table 1"})
final class ClaimsCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--source",
      paramLabel = "SOURCE",
      description = "Claims of this study only, such as seed-a.")
  private Optional<String> source = Optional.empty();

  @Option(names = "--table", paramLabel = "N", description = "Claims about this table only.")
  private Optional<Integer> table = Optional.empty();

  @Option(
      names = "--id",
      paramLabel = "PREFIX",
      description = "Claims whose name begins with this only; podpath list claims shows the names.")
  private Optional<String> prefix = Optional.empty();

  @Option(
      names = "--tag",
      paramLabel = "fast",
      description = "Claims of this group only; the fast ones take less than two minutes.")
  private Optional<String> tag = Optional.empty();

  @Option(
      names = "--engine",
      paramLabel = "packet|flow",
      description = "Engine, instead of the scenarios'.")
  private Optional<String> engine = Optional.empty();

  @Option(
      names = {"-v", "--verbose"},
      description = "The notes on all claims, not only on those that are not reproduced.")
  private boolean verbose;

  @Option(names = {"-q", "--quiet"}, description = "Do not say how far it is.")
  private boolean quiet;

  @Override
  public Integer call() {
    OptionalInt number = table.map(OptionalInt::of).orElse(OptionalInt.empty());
    List<Claim> claims = Claims.select(new Claims.Selection(source, number, prefix, tag));
    PrintWriter err = spec.commandLine().getErr();
    CheckClaims.Checked checked =
        CheckClaims.check(
            claims,
            new CheckClaims.Options(ThisProgram.scenarios(), engine, quiet ? null : err));
    checked.messages().forEach(err::println);
    PrintWriter out = spec.commandLine().getOut();
    ClaimsReport.print(checked.judgements(), verbose, out);
    out.flush();
    return checked.isGood() ? 0 : Podpath.FAILED;
  }
}
