package dev.muster.api;

/** One thing in a configuration of Volcano that is not as its author thinks. */
public record LintFinding(int line, String rule, String severity, String what, String why, String mend) {}
