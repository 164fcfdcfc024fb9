package dev.muster.access;

/** Who acts. {@code name} is what events and the log say. */
public record Actor(String name, Kind kind) {
    /** Nobody known: may look at the health and nothing else. */
    public static final Actor NOBODY = new Actor("nobody", Kind.NOBODY);
    /** Whoever holds the installation's token. */
    public static final Actor OPERATOR = new Actor("operator", Kind.TOKEN);
    /** The pages, opened by somebody who held the token. */
    public static final Actor PAGES = new Actor("operator", Kind.SESSION);

    /** How the actor is known. */
    public enum Kind {
        NOBODY,
        TOKEN,
        SESSION
    }
}
