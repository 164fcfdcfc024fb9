package dev.muster.cli.scenario;

import dev.muster.quota.name.JobId;
import dev.muster.quota.plan.ExpectedStart;
import dev.muster.quota.plan.ExpectedStarts;
import dev.muster.quota.plan.Plan;
import dev.muster.quota.plan.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When the jobs that wait are expected to start, in the words of expectations: {@code 1h, 1h..2h, 1h..unknown, never}. */
public final class Starts {
    static final String NEVER = "never";
    static final String UNKNOWN = "unknown";

    private final Instant now;
    private final ExpectedStarts starts;

    private Starts(Instant now, ExpectedStarts starts) {
        this.now = now;
        this.starts = starts;
    }

    public static Starts of(Snapshot snapshot, Plan plan) {
        return new Starts(snapshot.now(), ExpectedStarts.of(snapshot, plan, ExpectedStarts.Bounds.DEFAULT));
    }

    /** Null where nobody can say: it is no job that waits here. */
    public @Nullable ExpectedStart of(JobId job) {
        return starts.of(job);
    }

    String word(JobId job) {
        ExpectedStart start = starts.of(job);
        return start == null
                ? UNKNOWN
                : start.match(
                        between -> between.earliest().equals(between.latest())
                                ? span(between.earliest())
                                : span(between.earliest()) + ".." + span(between.latest()),
                        cannot -> NEVER,
                        notLookedAt -> UNKNOWN);
    }

    private String span(@Nullable Instant at) {
        return at == null ? UNKNOWN : Times.words(Duration.between(now, at));
    }

    Telling.@Nullable Start object(JobId job) {
        ExpectedStart start = starts.of(job);
        return start == null
                ? null
                : start.match(
                        between -> new Telling.Start(between.earliest(), between.latest(), null, between.assumptions()),
                        cannot -> new Telling.Start(
                                null, null, cannot.because().code().name(), List.of()),
                        notLookedAt -> new Telling.Start(
                                null,
                                null,
                                null,
                                List.of("only the first %d of %d jobs that wait were looked at"
                                        .formatted(notLookedAt.looked(), notLookedAt.of()))));
    }
}
