package dev.muster.rights;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A grant as it was given: by whom, when, and why if that was said. */
public record GivenGrant(
        Grant grant, String by, Instant at, @Nullable String why) {}
