package dev.muster.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Volcano's configuration in the cluster ({@code inForce}, null where there is none), the one that the policy asks for
 * ({@code wanted}), how the one becomes the other, and what is to be said of the first. {@code confirmation} stands for both texts.
 */
public record VolcanoConfiguration(
        String place,
        @Nullable String inForce,
        String wanted,
        List<String> diff,
        List<LintFinding> findings,
        String confirmation) {}
