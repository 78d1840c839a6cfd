package org.podpath.engine.cluster;

/** Who owns pods and is told what the others cost it. */
public record Tenant(int id, String name) {}
