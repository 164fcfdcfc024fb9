package dev.muster.api;

/** An environment variable from a key of a secret that the team may name. */
public record SecretEnv(String name, String secret, String key) {}
