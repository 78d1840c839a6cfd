package org.podpath.experiments.tables;

import java.util.List;

/** SQL that makes of the tables of two datasets samples that can be compared, and their statistics. */
final class ComparedSamples {
  /** What is read. */
  static final List<Table> TABLES =
      List.of(
          Table.RUNS, Table.FLOWS, Table.REQUESTS, Table.COLLECTIVES, Table.STEPS, Table.LATENCY,
          Table.LINKS, Table.HOST_CPU);

  /**
   * One line for each thing and statistic. A quantile is left out where less than one sample lies
   * beyond it; how busy a link or core is has no p99. The worst run is the one whose statistic
   * differs most.
   */
  static final String DIFFERENCES = """
      WITH both_sides AS (
        SELECT 'a' AS side, * FROM a.samples UNION ALL SELECT 'b' AS side, * FROM b.samples),
      stats AS (
        SELECT rank, what, unit, side, key, run, unnest([
          {'n': 1, 'statistic': 'count', 'v': count(*)::DOUBLE},
          {'n': 2, 'statistic': 'mean', 'v': avg(v)},
          {'n': 3, 'statistic': 'p50',
            'v': CASE WHEN count(*) >= 2 AND NOT busy THEN quantile_cont(v, 0.5) END},
          {'n': 4, 'statistic': 'p99',
            'v': CASE WHEN count(*) >= 100 AND NOT busy THEN quantile_cont(v, 0.99) END},
          {'n': 5, 'statistic': 'most', 'v': CASE WHEN busy THEN max(v) END}]) AS s
        FROM both_sides
        GROUP BY GROUPING SETS ((rank, what, unit, busy, side),
          (rank, what, unit, busy, side, key, run))),
      pairs AS (
        SELECT rank, what, unit, key, run, s.n AS n, s.statistic AS statistic,
          max(s.v) FILTER (side = 'a') AS va, max(s.v) FILTER (side = 'b') AS vb
        FROM stats GROUP BY ALL),
      worst AS (
        SELECT rank, what, n, arg_max(run, abs(vb / va - 1)) AS run,
          arg_max(vb / va - 1, abs(vb / va - 1)) AS ratio
        FROM pairs WHERE key IS NOT NULL AND va > 0 AND vb IS NOT NULL GROUP BY ALL)
      SELECT what, statistic, round(va, 3) AS va, round(vb, 3) AS vb,
        CASE WHEN statistic = 'count' THEN '' ELSE unit END,
        CASE WHEN va > 0 THEN printf('%+.1f %%', 100 * (vb / va - 1)) END,
        CASE WHEN statistic <> 'count' THEN printf('%+.1f %%', 100 * worst.ratio) END,
        CASE WHEN statistic <> 'count' THEN worst.run END
      FROM pairs LEFT JOIN worst USING (rank, what, n)
      WHERE pairs.key IS NULL AND (va IS NOT NULL OR vb IS NOT NULL)
      ORDER BY rank, what, n""";

  /** A run by what it was set to, and what it is called. */
  private static final String KEYS = """
      CREATE VIEW %1$s.keys AS SELECT run_id, simulated_ns, params::VARCHAR || ' repeat ' || repeat
          || ' seed ' || seed AS key,
        CASE WHEN cardinality(params) = 0 THEN 'repeat ' || repeat
          ELSE array_to_string(map_values(params), ' ') || CASE WHEN repeat > 0
          THEN ' repeat ' || repeat ELSE '' END END AS run
      FROM %1$s.runs""";

  /** Times and shares of time, and the run in which each was seen. */
  private static final String SAMPLES =
      """
          CREATE VIEW %1$s.samples AS
          SELECT key, run, rank, what, unit, busy, v FROM %1$s.keys JOIN (
            SELECT run_id, 1 AS rank, CASE WHEN bytes < 100000 THEN 'flows below 100 kB'
                WHEN bytes < 10000000 THEN 'flows below 10 MB' ELSE 'flows of 10 MB and more' END AS what,
              'us' AS unit, false AS busy, fct_ns / 1e3 AS v FROM %1$s.flows WHERE fct_ns IS NOT NULL
            UNION ALL SELECT run_id, 2, 'requests', 'us', false, total_ns / 1e3
              FROM %1$s.requests WHERE total_ns IS NOT NULL
            UNION ALL SELECT run_id, 3, 'collectives, ' || op || ' by ' || algorithm, 'us', false,
              (end_ns - start_ns) / 1e3 FROM %1$s.collectives WHERE end_ns IS NOT NULL
            UNION ALL SELECT run_id, 4, 'training steps', 'us', false,
              (compute_ns + exposed_comm_ns) / 1e3 FROM %1$s.steps
            UNION ALL SELECT run_id, 5, metric || ', means of runs', 'us', false, mean_ns / 1e3
              FROM %1$s.latency WHERE mean_ns IS NOT NULL
            UNION ALL SELECT run_id, 6, 'links, share of the time busy', '', true,
              sum(utilisation_ratio * window_ns) / max(simulated_ns)
              FROM %1$s.links JOIN %1$s.runs USING (run_id) GROUP BY run_id, link
            UNION ALL SELECT run_id, 7, 'cores, share of the time busy', '', true,
              sum(busy_ns) / max(simulated_ns)
              FROM %1$s.host_cpu JOIN %1$s.runs USING (run_id) GROUP BY run_id, host, core
          ) USING (run_id) WHERE simulated_ns > 0""";

  private ComparedSamples() {}

  /** What to run once the tables of a dataset are views of {@code schema}. */
  static List<String> statements(String schema) {
    return List.of(KEYS.formatted(schema), SAMPLES.formatted(schema));
  }
}
