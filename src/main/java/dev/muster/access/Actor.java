package dev.muster.access;

import dev.muster.rights.Rights;

/** Who acts, and what they may. {@code name} is what events and the log say. */
public record Actor(String name, Kind kind, Rights rights) {
    /** Nobody known: may look at the health and nothing else. */
    public static final Actor NOBODY = new Actor("nobody", Kind.NOBODY, Rights.NONE);
    /** Whoever holds the installation's token. */
    public static final Actor OPERATOR = new Actor("operator", Kind.TOKEN, Rights.OPERATOR);
    /** The pages, opened by somebody who held the token. */
    public static final Actor PAGES = new Actor("operator", Kind.SESSION, Rights.OPERATOR);

    /** How the actor is known. */
    public enum Kind {
        NOBODY,
        TOKEN,
        SESSION
    }
}
