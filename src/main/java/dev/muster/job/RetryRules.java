package dev.muster.job;

import dev.muster.quota.name.RoleName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When an attempt that failed is tried again. {@code retries} is the user's budget, spent by categories that are the user's;
 * the first rule that matches decides, no match fails the job. {@code platformRetries} is the platform's budget, spent by
 * evictions, lost nodes, late launches; its rules are not the user's to change.
 */
public record RetryRules(int retries, List<Rule> rules, int platformRetries) {
    public static final RetryRules NONE = new RetryRules(0, List.of(), 5);

    public RetryRules {
        rules = List.copyOf(rules);
        if (retries < 0 || retries > 100 || platformRetries < 0 || platformRetries > 100) {
            throw new IllegalArgumentException(
                    "Bad retry budgets %d and %d: expected 0 to 100".formatted(retries, platformRetries));
        }
    }

    /** Null fields match anything. */
    public record Rule(
            @Nullable Category category,
            @Nullable Integer exitCode,
            @Nullable RoleName role,
            boolean retry) {
        public boolean matches(Failure failure) {
            return (category == null || category == failure.category())
                    && (exitCode == null || exitCode.equals(failure.exitCode()))
                    && (role == null || role.equals(failure.role()));
        }
    }
}
