package dev.muster.api;

/** With which key messages to a team's addresses are signed. */
public record CallbackKey(String algorithm, String key) {}
