package dev.muster.job;

import dev.muster.quota.name.RoleName;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When an attempt that failed is tried again. {@code retries} is the user's budget, spent by categories that are the user's;
 * the first rule that matches decides, no match fails the job. {@code platformRetries} is the platform's budget, spent by
 * evictions, lost nodes, late launches; whether it is tried again is not the user's to say then, what changes is. {@code lostPods} is
 * what a gang can do that has lost some. {@code pause}: so long nothing is tried again after a failure that is the user's, null for at once.
 */
public record RetryRules(
        int retries,
        List<Rule> rules,
        int platformRetries,
        LostPods lostPods,
        @Nullable Duration pause) {
    public static final RetryRules NONE = new RetryRules(0, List.of(), 5);

    /** Of a gang that starts anew where it loses pods. */
    public RetryRules(int retries, List<Rule> rules, int platformRetries) {
        this(retries, rules, platformRetries, LostPods.RESTART);
    }

    /** That are tried at once. */
    public RetryRules(int retries, List<Rule> rules, int platformRetries, LostPods lostPods) {
        this(retries, rules, platformRetries, lostPods, null);
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

    /** The first rule that matches. {@code lost} are the kinds of failure to which pods were lost that failed nothing. */
    public Optional<Rule> ruleFor(Failure failure, Set<Category> lost) {
        return rules.stream()
                .filter(rule -> rule.matches(failure, lost))
                // What is not the job's own fault has to be named: a rule for everything is about its own.
                .filter(rule ->
                        failure.category().spendsUsersRetries() || rule.category() != null || rule.lost() != null)
                .findFirst();
    }

    /** Null fields match anything. {@code lost}: where pods were lost so, whatever failed the attempt. */
    public record Rule(
            @Nullable Category category,
            @Nullable Integer exitCode,
            @Nullable RoleName role,
            boolean retry,
            @Nullable Category lost,
            @Nullable RetryChange change) {
        /** That changes nothing. */
        public Rule(@Nullable Category category, @Nullable Integer exitCode, @Nullable RoleName role, boolean retry) {
            this(category, exitCode, role, retry, null, null);
        }

        public boolean matches(Failure failure, Set<Category> others) {
            return (lost == null || others.contains(lost))
                    && (category == null || category == failure.category())
                    && (exitCode == null || exitCode.equals(failure.exitCode()))
                    && (role == null || role.equals(failure.role()));
        }
    }
}
