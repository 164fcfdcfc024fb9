package dev.muster.kubernetes.onboarding;

import java.util.List;

/** What is done, or would be, with one object: {@code object} is its kind and name, {@code why} the differences or the refusal. */
public record Step(String object, Action action, List<String> why) {
    /** From the least to the most that needs somebody. */
    public enum Action {
        /** As it should be. */
        KEEP,
        /** Not there: made. */
        MAKE,
        /** There and nobody's: marked as the team's, its own content left alone. */
        ADOPT,
        /** Ours and changed by somebody: put right. */
        MEND,
        /** It cannot be used as it is: nothing is changed, and somebody has to decide. */
        REFUSE
    }

    public Step {
        why = List.copyOf(why);
    }
}
