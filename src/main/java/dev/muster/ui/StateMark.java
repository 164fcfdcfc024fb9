package dev.muster.ui;

import dev.muster.job.JobState;
import java.util.Locale;

/** How a state is drawn everywhere: a word, an icon of its own shape and a colour, so that colour never says it alone. */
public record StateMark(JobState state) {
    public static StateMark of(String state) {
        return new StateMark(JobState.valueOf(state));
    }

    /** As people read it: {@code Queued}. */
    public String word() {
        return state.name().charAt(0) + state.name().substring(1).toLowerCase(Locale.ROOT);
    }

    /** The value that a filter in the address takes: {@code QUEUED}. */
    public String value() {
        return state.name();
    }

    /** The style class, and the icon of the sprite: states on their way look like the one that they lead to. */
    public String css() {
        return switch (state) {
            case BLOCKED -> "blocked";
            case QUEUED -> "queued";
            case LAUNCHING -> "launching";
            case RUNNING -> "running";
            case SUSPENDING, SUSPENDED -> "suspended";
            case CANCELLING, CANCELLED -> "cancelled";
            case SUCCEEDED -> "succeeded";
            case FAILED -> "failed";
            case EXPIRED -> "expired";
        };
    }

    public boolean ended() {
        return state.isFinal();
    }
}
