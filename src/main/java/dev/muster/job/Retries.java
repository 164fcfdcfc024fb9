package dev.muster.job;

import java.time.Duration;
import java.util.Set;

/** How often a job has been tried again, by who pays: the user's budget and the platform's. */
public record Retries(int users, int platforms) {
    public static final Retries NONE = new Retries(0, 0);

    /** The first back-off of a job in a pool where its launch was late. */
    public static final Duration FIRST_BACK_OFF = Duration.ofSeconds(30);

    /** A back-off doubles this often at most: 30 s × 2^7 is a bit above an hour. */
    public static final int MOST_DOUBLINGS = 7;

    public Retries {
        if (users < 0 || platforms < 0) {
            throw new IllegalArgumentException(
                    "Negative retries: user's %d, platform's %d".formatted(users, platforms));
        }
    }

    /** What becomes of a job whose attempt failed. */
    public After after(Failure failure, RetryRules rules) {
        return after(failure, rules, Set.of());
    }

    /** The same where pods were lost to these that failed nothing. */
    public After after(Failure failure, RetryRules rules, Set<Category> lost) {
        if (failure.category().isFree()) {
            return new After(JobState.QUEUED, this, failure.message());
        }
        if (!failure.category().spendsUsersRetries()) {
            return platforms < rules.platformRetries()
                    ? new After(JobState.QUEUED, new Retries(users, platforms + 1), failure.message())
                    : new After(
                            JobState.FAILED,
                            this,
                            "%s; the platform's %d retries are spent"
                                    .formatted(failure.message(), rules.platformRetries()));
        }
        boolean ruled = rules.ruleFor(failure, lost).map(RetryRules.Rule::retry).orElse(false);
        if (!ruled) {
            return new After(JobState.FAILED, this, failure.message());
        }
        return users < rules.retries()
                ? new After(JobState.QUEUED, new Retries(users + 1, platforms), failure.message())
                : new After(
                        JobState.FAILED,
                        this,
                        "%s; its %d retries are spent".formatted(failure.message(), rules.retries()));
    }

    /** How long a job stays away from a pool where {@code late} launches of it in a row were late: 30 s × 2^(late − 1). */
    public static Duration backOff(int late) {
        if (late < 1) {
            throw new IllegalArgumentException("Bad number of late launches %d: expected 1 or more".formatted(late));
        }
        return FIRST_BACK_OFF.multipliedBy(1L << Math.min(late - 1, MOST_DOUBLINGS));
    }

    /** Back in the queue or failed for good; {@code retries} with the one that this costs, {@code message} for people. */
    public record After(JobState state, Retries retries, String message) {}
}
