package dev.muster.access;

import dev.muster.rights.Rights;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who acts, and what they may. {@code name} is what events and the log say; {@code card} is the token or session of their
 * own that they came with.
 */
public record Actor(
        String name, Kind kind, Rights rights, @Nullable Card card) {
    /** Nobody known: may look at the health and nothing else. */
    public static final Actor NOBODY = new Actor("nobody", Kind.NOBODY, Rights.NONE, null);
    /** Whoever holds the installation's token. */
    public static final Actor OPERATOR = new Actor("operator", Kind.TOKEN, Rights.OPERATOR, null);
    /** The pages, opened by somebody who held the token. */
    public static final Actor PAGES = new Actor("operator", Kind.SESSION, Rights.OPERATOR, null);

    /** How the actor is known. */
    public enum Kind {
        NOBODY,
        /** By the installation's own token. */
        TOKEN,
        SESSION,
        /** By a token of their own. */
        ISSUED_TOKEN,
        /** As a person, in a browser where they have signed in. */
        PERSON_SESSION,
        /** By a token of an identity provider. */
        ISSUER_TOKEN,
        /** By a token of a service account of the cluster. */
        SERVICE_ACCOUNT
    }

    /** The id of the token, or the session, of their own that they came with. */
    public @Nullable String tokenId() {
        return card == null ? null : card.id();
    }

    /** By which token or session somebody is known; {@code again} looks who they are now, {@link #NOBODY} where it is over. */
    record Card(@Nullable String id, Supplier<Actor> again) {}
}
