package dev.muster.timetable;

import dev.muster.job.JobState;
import dev.muster.postgres.TickStore;
import dev.muster.schedule.RunState;
import org.jspecify.annotations.Nullable;

/** How a run ended, by its job: and why, where that is to be said. */
record Ending(RunState state, @Nullable String why) {
    static Ending of(TickStore.Ended ended) {
        JobState how = ended.how();
        if (how == null) {
            return new Ending(RunState.CANCELLED, "its job is gone, and nothing tells how it ended");
        }
        return switch (how) {
            case SUCCEEDED -> new Ending(RunState.SUCCEEDED, null);
            case FAILED -> new Ending(RunState.FAILED, ended.message());
            case EXPIRED -> new Ending(RunState.FAILED, "its job waited longer than its queue timeout");
            case CANCELLED, BLOCKED, QUEUED, LAUNCHING, RUNNING, SUSPENDING, SUSPENDED, CANCELLING ->
                new Ending(RunState.CANCELLED, null);
        };
    }
}
