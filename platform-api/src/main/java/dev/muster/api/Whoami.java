package dev.muster.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling: by which means they are known, which of their own tokens they came with, and what they hold; {@code hint}: what to
 * do where that is nothing.
 */
public record Whoami(
        String name,
        String kind,
        @Nullable String token,
        String narrowing,
        List<Grant> duties,
        @Nullable String hint) {}
