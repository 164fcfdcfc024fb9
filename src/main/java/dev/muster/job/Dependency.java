package dev.muster.job;

import dev.muster.quota.name.JobId;

/** A job waits until another one has ended in a certain way. */
public record Dependency(JobId job, Condition on) {

    /** How the other one must have ended. */
    public enum Condition {
        SUCCEEDED,
        /** In any way, cancelled and expired too. */
        FINISHED,
        /** It failed or expired: for what cleans up, or is tried instead. */
        FAILED
    }

    /** The other one is in that state: whether that is what is waited for, will not be any more, or may be yet. */
    public Answer answer(JobState state) {
        if (!state.isFinal()) {
            return Answer.OPEN;
        }
        boolean met =
                switch (on) {
                    case SUCCEEDED -> state == JobState.SUCCEEDED;
                    case FINISHED -> true;
                    case FAILED -> state == JobState.FAILED || state == JobState.EXPIRED;
                };
        return met ? Answer.MET : Answer.NEVER;
    }

    /** What becomes of a dependency. */
    public enum Answer {
        OPEN,
        MET,
        NEVER
    }
}
