package dev.muster.job;

import dev.muster.quota.name.RoleName;
import java.util.Map;
import java.util.Set;

/**
 * When an attempt has succeeded and what it survives. {@code succeedWith}: all pods of these roles succeeded (never empty: the
 * leader by default, else every role). {@code toleratedFailures}: that many pods of a role may fail, default 0.
 */
public record CompletionRules(Set<RoleName> succeedWith, Map<RoleName, Integer> toleratedFailures) {
    public CompletionRules {
        succeedWith = Set.copyOf(succeedWith);
        toleratedFailures = Map.copyOf(toleratedFailures);
        if (succeedWith.isEmpty()) {
            throw new IllegalArgumentException("No role decides the success of the job");
        }
    }
}
