package dev.muster.api;

import java.time.Instant;

/** The service's clock: {@code mode} REAL or VIRTUAL; {@code idle}: no {@code clock:run} is under way. */
public record Clock(String mode, Instant now, boolean idle) {}
