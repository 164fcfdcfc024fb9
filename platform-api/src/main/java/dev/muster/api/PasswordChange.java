package dev.muster.api;

import org.jspecify.annotations.Nullable;

/** Another password for one's own account: as it is now, and as it shall be. */
public record PasswordChange(
        @Nullable String present, @Nullable String chosen) {}
