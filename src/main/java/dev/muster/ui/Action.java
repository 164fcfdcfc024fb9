package dev.muster.ui;

import dev.muster.access.Verb;
import dev.muster.job.JobState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What may be done with a job now, and the line that does the same; {@code grave} asks again before it does. */
public record Action(String verb, String word, boolean grave, String command) {
    static List<Action> of(JobState state, String job) {
        List<Action> actions = new ArrayList<>();
        switch (state) {
            case QUEUED, LAUNCHING, RUNNING -> actions.add(plain("suspend", "Suspend", job));
            case SUSPENDED -> actions.add(plain("resume", "Resume", job));
            case SUCCEEDED, FAILED, CANCELLED, EXPIRED -> actions.add(plain("rerun", "Run again", job));
            case BLOCKED, SUSPENDING, CANCELLING -> {}
        }
        if (!state.isFinal() && state != JobState.CANCELLING) {
            actions.add(new Action("cancel", "Cancel", true, "muster cancel " + job));
        }
        return List.copyOf(actions);
    }

    /** What a caller must be allowed to do with the job. */
    Verb asks() {
        return Verb.valueOf(verb.toUpperCase(Locale.ROOT));
    }

    private static Action plain(String verb, String word, String job) {
        return new Action(verb, word, false, "muster " + verb + " " + job);
    }
}
