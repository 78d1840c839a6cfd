package org.podpath.experiments.cli;

import java.nio.file.Path;
import org.podpath.experiments.tables.Query;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code podpath query}. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description = "Answers a question in SQL (DuckDB) about the tables of a results folder.",
    footer = {
        "",
        "Example:",
        "  podpath query results/cni-comparison \"SELECT params['cni'], avg(goodput_bps) / 1e9 AS gbps",
        "      FROM flows JOIN runs USING (run_id)",
        "      WHERE params['case'] = 'other-host stream' GROUP BY 1 ORDER BY 2\""
    })
final class QueryCommand implements Runnable {
  @Spec
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR", description = "Results folder.")
  private Path folder;

  @Parameters(index = "1", paramLabel = "SQL", description = "The question.")
  private String sql;

  @Override
  public void run() {
    Query.run(folder, sql, spec.commandLine().getOut());
    spec.commandLine().getOut().flush();
  }
}
