package dev.muster.job;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The states of a job and the only table of their moves. A final state never changes. */
public enum JobState {
    BLOCKED,
    QUEUED,
    LAUNCHING,
    RUNNING,
    SUSPENDING,
    SUSPENDED,
    CANCELLING,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    EXPIRED;

    private static final Map<JobState, Set<JobState>> NEXT = Map.of(
            BLOCKED, EnumSet.of(QUEUED, CANCELLED, EXPIRED, FAILED),
            QUEUED, EnumSet.of(LAUNCHING, SUSPENDED, CANCELLED, EXPIRED),
            LAUNCHING, EnumSet.of(RUNNING, QUEUED, FAILED, CANCELLING, SUSPENDING),
            RUNNING, EnumSet.of(SUCCEEDED, FAILED, QUEUED, CANCELLING, SUSPENDING),
            SUSPENDING, EnumSet.of(SUSPENDED, CANCELLING),
            SUSPENDED, EnumSet.of(QUEUED, CANCELLED),
            CANCELLING, EnumSet.of(CANCELLED));

    public boolean canBecome(JobState next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }

    public boolean isFinal() {
        return !NEXT.containsKey(this);
    }
}
