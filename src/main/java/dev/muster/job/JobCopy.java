package dev.muster.job;

import dev.muster.quota.name.PoolName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job being changed: starts as a copy, ends as the next version. */
final class JobCopy {
    private final Job before;
    private JobSpec spec;
    private JobState state;
    private int priority;
    private int attempt;
    private int userRetriesSpent;
    private int platformRetriesSpent;
    private int evictions;
    private long version;
    private Map<PoolName, Backoff> backoffs;
    private @Nullable Instant queuedAt;
    private @Nullable Instant agedFrom;
    private @Nullable Instant startedAt;
    private @Nullable Instant finishedAt;
    private @Nullable Outcome outcome;
    private List<Changed> changes;

    JobCopy(Job before) {
        this.before = before;
        this.spec = before.spec();
        this.state = before.state();
        this.priority = before.priority();
        this.attempt = before.attempt();
        this.userRetriesSpent = before.userRetriesSpent();
        this.platformRetriesSpent = before.platformRetriesSpent();
        this.evictions = before.evictions();
        this.version = before.version() + 1;
        this.backoffs = before.backoffs();
        this.queuedAt = before.queuedAt();
        this.agedFrom = before.agedFrom();
        this.startedAt = before.startedAt();
        this.finishedAt = before.finishedAt();
        this.outcome = before.outcome();
        this.changes = before.changes();
    }

    JobCopy spec(JobSpec spec, int priority) {
        this.spec = spec;
        this.priority = priority;
        return this;
    }

    JobCopy change(Changed one) {
        List<Changed> more = new ArrayList<>(changes);
        more.add(one);
        this.changes = more;
        return this;
    }

    JobCopy state(JobState state) {
        this.state = state;
        return this;
    }

    JobCopy attempt(int attempt) {
        this.attempt = attempt;
        return this;
    }

    JobCopy spent(int users, int platforms) {
        this.userRetriesSpent = users;
        this.platformRetriesSpent = platforms;
        return this;
    }

    JobCopy evictions(int times) {
        this.evictions = times;
        return this;
    }

    /** Another change that belongs to the last one. */
    JobCopy version(long same) {
        this.version = same;
        return this;
    }

    JobCopy backoffs(Map<PoolName, Backoff> backoffs) {
        this.backoffs = backoffs;
        return this;
    }

    JobCopy queuedAt(Instant at) {
        this.queuedAt = at;
        return this;
    }

    JobCopy agedFrom(Instant at) {
        this.agedFrom = at;
        return this;
    }

    JobCopy startedAt(@Nullable Instant at) {
        this.startedAt = at;
        return this;
    }

    JobCopy finishedAt(Instant at) {
        this.finishedAt = at;
        return this;
    }

    JobCopy outcome(Outcome outcome) {
        this.outcome = outcome;
        return this;
    }

    /** Reasons say why a job waits: they do not outlive a move. */
    Job build() {
        boolean stays = state == before.state();
        return new Job(
                before.id(),
                before.team(),
                spec,
                state,
                priority,
                version,
                attempt,
                userRetriesSpent,
                platformRetriesSpent,
                evictions,
                backoffs,
                before.submittedBy(),
                before.submittedAt(),
                queuedAt,
                agedFrom,
                startedAt,
                finishedAt,
                outcome,
                stays ? before.reasons() : List.of(),
                stays ? before.reasonsAt() : null,
                changes);
    }
}
