package dev.muster.job;

import dev.muster.quota.name.RoleName;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When an attempt that failed is tried again. {@code retries} is the user's budget, spent by categories that are the user's;
 * the first rule that matches decides, no match fails the job. {@code platformRetries} is the platform's budget, spent by
 * evictions, lost nodes, late launches; its rules are not the user's to change. {@code lostPods} is what a gang can do that has
 * lost some.
 */
public record RetryRules(int retries, List<Rule> rules, int platformRetries, LostPods lostPods) {
    public static final RetryRules NONE = new RetryRules(0, List.of(), 5);

    /** Of a gang that starts anew where it loses pods. */
    public RetryRules(int retries, List<Rule> rules, int platformRetries) {
        this(retries, rules, platformRetries, LostPods.RESTART);
    }

    public RetryRules {
        // Jobs that were kept before there was a choice say nothing of it.
        lostPods = Objects.requireNonNullElse(lostPods, LostPods.RESTART);
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
