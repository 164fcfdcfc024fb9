package dev.muster.api;

import java.time.Instant;

/** A link that opens the pages in a browser: it works once, until {@code expiresAt}. */
public record UiLink(String url, Instant expiresAt) {}
