package dev.muster.steering;

import dev.muster.job.JobState;
import java.util.List;

/** What may be asked of a job in each state, in the words of the API. */
final class Verbs {
    static final String CANCEL = "cancel";
    static final String SUSPEND = "suspend";
    static final String RESUME = "resume";
    static final String CHECKPOINT = "checkpoint";
    static final String RERUN = "rerun";
    static final String REQUEUE = "requeue";
    static final String CHANGE = "patch";

    private Verbs() {}

    static List<String> in(JobState state) {
        return switch (state) {
            case BLOCKED -> List.of(CANCEL, CHANGE);
            case QUEUED -> List.of(CANCEL, SUSPEND, CHANGE);
            case LAUNCHING -> List.of(CANCEL, SUSPEND, REQUEUE);
            case RUNNING -> List.of(CANCEL, SUSPEND, REQUEUE, CHECKPOINT, CHANGE);
            case SUSPENDING -> List.of(CANCEL);
            case SUSPENDED -> List.of(CANCEL, RESUME, CHANGE);
            case CANCELLING -> List.of();
            case SUCCEEDED, FAILED, CANCELLED, EXPIRED -> List.of(RERUN);
        };
    }
}
