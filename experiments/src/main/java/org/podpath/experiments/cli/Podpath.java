package org.podpath.experiments.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.podpath.experiments.WrongInput;
import org.podpath.experiments.run.ThisProgram;
import org.podpath.experiments.yaml.Nearest;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** {@code podpath}: the program. */
@Command(
    name = "podpath",
    mixinStandardHelpOptions = true,
    versionProvider = Podpath.Version.class,
    description = {
        "Simulates the networks of multi-tenant AI clusters:",
        "a packet's path through hosts and fabric, as data.",
        ""
    },
    subcommands = {
        RunCommand.class,
        ValidateCommand.class,
        ListCommand.class,
        ExplainCommand.class,
        ClaimsCommand.class,
        QueryCommand.class,
        CompareCommand.class,
        CalibrateCommand.class,
        BenchCommand.class,
        AutoComplete.GenerateCompletion.class
    },
    footer = {
        "",
        "Start here:",
        "  podpath run experiments/scenarios/two-tenants.yaml",
        "      what sharing costs a tenant that trains and one that serves",
        "  podpath run experiments/scenarios/cni-comparison.yaml",
        "      seven container networks beside published numbers",
        "  podpath explain cilium",
        "      a packet's path as a table",
        "  podpath list scenarios",
        "      questions that come with answers",
        "  podpath claims --source seed-a --table 1",
        "      published claims, checked",
        "  podpath query results/two-tenants \"FROM jobs\"",
        "      SQL over result tables",
        "",
        "Exit status: 0 done, 1 a run failed or a claim no longer holds,",
        "             2 wrong input."
    })
public final class Podpath implements Runnable {
  static final int FAILED = 1;
  static final int WRONG_INPUT = 2;

  private Podpath() {}

  /** Says which version this is. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"podpath " + ThisProgram.currentVersion()};
    }
  }

  /** Runs the command that {@code args} name and exits with its status. */
  public static void main(String[] args) {
    System.exit(execute(args));
  }

  /** Runs the command that {@code args} name. Returns its exit status. */
  static int execute(String... args) {
    CommandLine line = new CommandLine(new Podpath());
    line.getSubcommands()
        .get("generate-completion")
        .getCommandSpec()
        .usageMessage()
        .description(
            "Writes a completion script for bash or zsh: source <(podpath generate-completion)");
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler((wrong, arguments) -> reportUsage(wrong));
    line.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command));
    return line.execute(args);
  }

  /** One line: what is wrong, the nearest word, and where to read on. */
  private static int reportUsage(CommandLine.ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    String what = wrong.getMessage().lines().findFirst().orElse("wrong arguments");
    Optional<String> meant =
        wrong instanceof CommandLine.UnmatchedArgumentException unmatched
            ? Nearest.to(unmatched.getUnmatched().getFirst(), command.getSubcommands().keySet())
            : Optional.empty();
    String hint = meant.map(word -> "write '" + word + "', or see ").orElse("see ");
    command.getErr().println(name + ": " + what + "; " + hint + name + " --help");
    return WRONG_INPUT;
  }

  private static int report(Exception failure, CommandLine command) {
    PrintWriter err = command.getErr();
    switch (failure) {
      case WrongInput wrong -> {
        wrong.lines().forEach(err::println);
        return WRONG_INPUT;
      }
      case UncheckedIOException unwritable -> {
        err.println("podpath: " + unwritable.getMessage());
        return FAILED;
      }
      default -> {
        err.println("podpath: this should not have happened, please report it:");
        failure.printStackTrace(err);
        return FAILED;
      }
    }
  }

  /** Without a command: how to use it. */
  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }
}
