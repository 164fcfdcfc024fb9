package dev.muster.quota.fragmentation;

import dev.muster.quota.name.RoleName;
import dev.muster.quota.plan.Ask;
import dev.muster.quota.plan.LiveAttempt;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which pods of an attempt are above its minimum and may be let go. An attempt lists its gang first: of each role the first
 * {@code minimum} pods are the gang's.
 */
public final class Elastic {
    private final Map<LiveAttempt.Held, Integer> above = new IdentityHashMap<>();

    private Elastic() {}

    public static Elastic of(LiveAttempt attempt) {
        Elastic elastic = new Elastic();
        Map<RoleName, Integer> gang = new HashMap<>();
        for (Ask role : attempt.roles()) {
            gang.put(role.role(), role.minimum());
        }
        for (LiveAttempt.Held held : attempt.pods()) {
            // Of whom no roles are known, nothing is above a minimum.
            int kept = Math.min(held.count(), gang.getOrDefault(held.role(), held.count()));
            gang.computeIfPresent(held.role(), (role, left) -> left - kept);
            elastic.above.put(held, held.leaving() ? 0 : held.count() - kept);
        }
        return elastic;
    }

    /** How many of these, which are pods of the attempt, are above its minimum. */
    public int of(LiveAttempt.Held held) {
        return above.getOrDefault(held, 0);
    }

    /** All of these, pods of the attempt, are above its minimum. */
    public boolean covers(List<NodeRoom.Guest> guests) {
        return guests.stream()
                .allMatch(guest -> of(guest.held()) == guest.held().count());
    }
}
