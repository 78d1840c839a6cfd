/**
 * From YAML text to records, strictly: every key is known, every value is what its component says,
 * and every fault is reported with its file and line.
 *
 * <p>{@link YamlParser} makes a tree of {@link YamlNode}s that know their {@link Place}, {@link
 * RecordBinder} makes records of it, {@link Faults} collects what is wrong. Nothing here knows what
 * a scenario is. A new parameter is a new component of a record, with its annotations; a new kind
 * of value is a case in {@code RecordBinder}.
 */
package org.podpath.experiments.yaml;
