package dev.muster.quota.node;

/** A node's refusal of pods that do not tolerate it. {@code value} may be empty. */
public record Taint(String key, String value, TaintEffect effect) {}
