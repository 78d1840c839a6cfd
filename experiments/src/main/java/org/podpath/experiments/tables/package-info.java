/**
 * Result tables: what they hold, how they reach the disk, how they are asked.
 *
 * <p>A table is a record of this package and one line of {@link Table}; names, types, units and
 * meanings of its columns, the Parquet schema and the views all come from that record. {@link
 * Dataset} writes, {@link Query} reads, {@link TableReference} explains. Nothing in here knows how
 * a number came about.
 *
 * <p>To add a table: write its record with {@link org.podpath.experiments.Explain} on every
 * component and {@code runId} first, then add a line to {@link Table}. {@code TableTest} then holds
 * for it too.
 */
package org.podpath.experiments.tables;
