package dev.muster.cli.replay;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came out of a replay; waits and the rest in seconds. Waits are absent where the clock was the real one: then they say more about the machine than about the trace. */
public record Report(
        String trace,
        String cluster,
        int jobs,
        int done,
        int failed,
        int unfinished,
        int launchedAgain,
        int refused,
        List<String> refusals,
        int defective,
        List<String> defects,
        @Nullable Double meanWaitSeconds,
        @Nullable Double p50WaitSeconds,
        @Nullable Double p95WaitSeconds,
        double utilisation,
        double makespanSeconds) {
    private static final int NAMED = 5;

    static Report of(String trace, Capacity capacity, Tally tally, Figures figures, boolean withWaits) {
        int done = figures.in("SUCCEEDED");
        int failed = figures.in("FAILED") + figures.in("CANCELLED") + figures.in("EXPIRED");
        List<String> refusals = tally.refusals().stream()
                .limit(NAMED)
                .map(refusal -> "line %d, job %s: %s".formatted(refusal.line(), refusal.id(), refusal.why()))
                .toList();
        return new Report(
                trace,
                capacity.words(),
                figures.jobs(),
                done,
                failed,
                figures.jobs() - done - failed,
                figures.launchedAgain(),
                tally.refusals().size(),
                refusals,
                tally.defects(),
                tally.sentences(),
                withWaits ? seconds(figures.meanWait()) : null,
                withWaits ? seconds(figures.wait(50)) : null,
                withWaits ? seconds(figures.wait(95)) : null,
                Math.round(figures.utilisation(capacity.amount()) * 10_000) / 10_000.0,
                seconds(figures.makespan()));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
