package dev.muster.kubernetes.onboarding;

import java.util.List;

/**
 * What offboarding would do: delete what Muster made ({@code deleted}), take its marks off what it adopted ({@code released}).
 * {@code kept} says why something of that stays. {@code confirmation} stands for exactly this list.
 */
public record Farewell(List<String> deleted, List<String> released, List<String> kept, String confirmation) {
    public Farewell {
        deleted = List.copyOf(deleted);
        released = List.copyOf(released);
        kept = List.copyOf(kept);
    }

    public boolean isNothing() {
        return deleted.isEmpty() && released.isEmpty();
    }
}
