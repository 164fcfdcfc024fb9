package dev.muster.web;

/** What a caller sent, and the SHA-256 of its bytes: two bodies with the same one are the same request. */
public record Body<T>(T value, byte[] hash) {}
