package dev.muster.job;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The states of an attempt and the only table of their moves. RELEASING holds the ledger, and the rule of one live attempt,
 * until the last pod is gone.
 */
public enum AttemptState {
    LAUNCHING,
    RUNNING,
    RECOVERING,
    RELEASING,
    ENDED;

    private static final Map<AttemptState, Set<AttemptState>> NEXT = Map.of(
            LAUNCHING, EnumSet.of(RUNNING, RELEASING),
            RUNNING, EnumSet.of(RECOVERING, RELEASING),
            RECOVERING, EnumSet.of(RUNNING, RELEASING),
            RELEASING, EnumSet.of(ENDED));

    public boolean canBecome(AttemptState next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }

    /** Holds its resources in the ledger. */
    public boolean isLive() {
        return this != ENDED;
    }
}
