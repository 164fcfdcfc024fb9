package dev.muster.problem;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request. {@code pointer} is a JSON pointer into the body (RFC 6901, "" is the whole body),
 * {@code detail} names the value and what was expected, {@code hint} says how to mend it where that is not plain.
 */
public record Fault(
        String pointer, Kind kind, String detail, @Nullable String hint) {

    public Fault(String pointer, Kind kind, String detail) {
        this(pointer, kind, detail, null);
    }

    /** What kind of wrong. */
    public enum Kind {
        /** Must be there and is not. */
        REQUIRED,
        /** No field of that name. */
        UNKNOWN_FIELD,
        /** Another JSON type is expected. */
        WRONG_TYPE,
        /** Not a value of its type, or outside its bounds. */
        BAD_VALUE,
        /** Longer than the stated limit. */
        TOO_LONG,
        /** More entries than the stated limit. */
        TOO_MANY,
        /** Says the same thing twice. */
        DUPLICATE,
        /** Excludes another field that is there too. */
        CONTRADICTION,
        /** A name that the service keeps for itself. */
        RESERVED,
        /** Names something that is not there. */
        UNKNOWN_REFERENCE,
        /** Names something that does not take it: a queue with children, a closed queue, a secret of others. */
        NOT_ALLOWED,
        /** Cannot be changed now. */
        LOCKED,
        /** More than the queue may ever hold. */
        QUOTA_IMPOSSIBLE,
        /** No pool could ever take it. */
        PLACEMENT_IMPOSSIBLE
    }
}
