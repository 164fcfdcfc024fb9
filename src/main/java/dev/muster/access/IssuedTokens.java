package dev.muster.access;

import dev.muster.postgres.GrantStore;
import dev.muster.postgres.TokenStore;
import dev.muster.rights.IssuedToken;
import dev.muster.rights.Narrowing;
import dev.muster.rights.Rights;
import dev.muster.rights.Subject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Tokens of people and services: 256 random bits behind a beginning that scanners of secrets can look for. Each call is asked of
 * the database, so that one that was revoked, and a duty that was taken away, are gone with the next call on every replica.
 */
@Singleton
public class IssuedTokens {
    /** What each begins with. */
    public static final String PREFIX = "muster_";
    /** How long one is good where nothing is said. */
    public static final Duration USUAL_LIFE = Duration.ofDays(90);
    /** How long one is good at most. */
    public static final Duration LONGEST_LIFE = Duration.ofDays(366);

    private static final int TEXT = PREFIX.length() + 43;

    private final TokenStore store;
    private final GrantStore grants;
    /** People's days: the virtual clock would end them at once. */
    private final InstantSource clock;

    @Inject
    IssuedTokens(TokenStore store, GrantStore grants) {
        this(store, grants, InstantSource.system());
    }

    IssuedTokens(TokenStore store, GrantStore grants, InstantSource clock) {
        this.store = store;
        this.grants = grants;
        this.clock = clock;
    }

    /** A new token, whose text is told once. */
    public record New(IssuedToken token, String text) {}

    /** Makes one; {@code life} is at most {@link #LONGEST_LIFE}. */
    @Transactional
    public New issue(Subject subject, String label, Narrowing narrowing, Duration life, String actor) {
        Instant now = clock.instant();
        String text = Secret.text(PREFIX);
        IssuedToken token =
                new IssuedToken(Secret.id(), subject, label, narrowing, actor, now, now.plus(life), null, null);
        store.insert(token, Secret.hash(text));
        return new New(token, text);
    }

    /** False where it was revoked before, or there is none. */
    public boolean revoke(String id, String actor) {
        return store.revoke(id, actor, clock.instant());
    }

    static boolean isOne(String sent) {
        return sent.startsWith(PREFIX);
    }

    /** Who calls with this text; empty where nobody may. */
    @Transactional
    Optional<Actor> actor(String sent) {
        return sent.length() == TEXT ? actor(Secret.hash(sent)) : Optional.empty();
    }

    @Transactional
    Optional<Actor> actor(byte[] hash) {
        return store.use(hash, clock.instant())
                .map(token -> new Actor(
                        token.subject().toString(),
                        Actor.Kind.ISSUED_TOKEN,
                        new Rights(grants.held(token.subject()), token.narrowing()),
                        new Actor.Card(token.id(), () -> actor(hash).orElse(Actor.NOBODY))));
    }
}
