package dev.muster.volcano.conf;

/** An action in the list of {@code actions}, in its place. */
public record ActionUse(String name, int line) {}
