package dev.muster.access;

import dev.muster.postgres.AccountStore;
import dev.muster.postgres.GrantStore;
import dev.muster.problem.MusterException;
import dev.muster.rights.Account;
import dev.muster.rights.Narrowing;
import dev.muster.rights.PersonSession;
import dev.muster.rights.Rights;
import dev.muster.rights.Subject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * People who sign in by a password of this installation. Whoever fails is told the same in every case, takes as long, and waits
 * longer each time, by name and by address.
 */
@Singleton
public class Accounts {
    /** How long a link to choose a password may be used. */
    public static final Duration LINK_LIVES = Duration.ofHours(24);
    /** How long a session lasts. */
    static final Duration SESSION_LIVES = Duration.ofHours(12);
    /** What the text of each session begins with: the pages' own sessions begin otherwise. */
    static final String SESSION = "person_";

    private static final String LINK = "link_";
    private static final int TEXT = 43;
    /** Looking at a password takes a quarter of a second of a processor: strangers must not get them all. */
    private static final int AT_ONCE = 2;

    private final Semaphore room = new Semaphore(AT_ONCE);
    private final AccountStore store;
    private final GrantStore grants;
    /** People's hours, not those of the virtual clock. */
    private final InstantSource clock;

    @Inject
    Accounts(AccountStore store, GrantStore grants) {
        this(store, grants, InstantSource.system());
    }

    Accounts(AccountStore store, GrantStore grants, InstantSource clock) {
        this.store = store;
        this.grants = grants;
        this.clock = clock;
    }

    /** From where somebody tries to get in. */
    record Whence(@Nullable String address, @Nullable String agent) {}

    /** What opens the page where a password is chosen, once, until {@code expiresAt}. */
    public record Link(String text, Instant expiresAt) {}

    public List<Account> all() {
        return store.all();
    }

    /** Makes the account where there is none, and a link to choose its password; an older link is spent. */
    @Transactional
    public Link invite(Subject subject, String actor) {
        Instant now = clock.instant();
        store.insert(new Account(subject, actor, now, null));
        String text = Secret.text(LINK);
        Instant end = now.plus(LINK_LIVES);
        store.link(subject, Secret.hash(text), end, actor, now);
        return new Link(text, end);
    }

    /** Ends all of its sessions, too. Duties and tokens stay: they are the person's, however they sign in. */
    public void remove(Subject subject, String actor) {
        if (!store.delete(subject, actor, clock.instant())) {
            throw MusterException.notFound("account", subject.toString());
        }
    }

    /** Sessions that go on, of a subject, null: of all. */
    public List<PersonSession> sessions(@Nullable Subject subject) {
        return store.sessions(subject, clock.instant());
    }

    public boolean end(String session, String actor) {
        return store.end(session, actor, clock.instant());
    }

    /** Whose link it is. */
    Optional<Subject> linked(String link) {
        return isOne(link, LINK) ? store.linked(Secret.hash(link), clock.instant()) : Optional.empty();
    }

    /** Chooses the password by a link, which is spent; the text of a new session. */
    @Transactional
    Optional<String> choose(String link, String password, Whence whence) {
        Optional<Subject> found = linked(link);
        if (found.isEmpty() || !store.spend(Secret.hash(link))) {
            return Optional.empty();
        }
        Subject subject = found.get();
        store.set(subject, Passwords.hash(password), subject.toString(), clock.instant());
        return Optional.of(open(subject, whence));
    }

    /** The text of a new session; empty where the name or the password is wrong, or there were too many attempts. */
    Optional<String> signIn(String name, String password, Whence whence) {
        Instant now = clock.instant();
        String byName = "name/" + MusterException.shown(name.length() > 63 ? name.substring(0, 63) : name);
        String byAddress = "address/" + whence.address();
        if (!isOver(byName, Lockout.FREE, now)
                || !isOver(byAddress, Lockout.FREE_OF_ADDRESS, now)
                || !room.tryAcquire()) {
            return Optional.empty();
        }
        try {
            Subject subject = subject(name);
            boolean isRight = Passwords.matches(subject == null ? null : store.password(subject), password);
            if (!isRight || subject == null) {
                store.failed(byName, now);
                store.failed(byAddress, now);
                return Optional.empty();
            }
            store.succeeded(byName);
            return Optional.of(open(subject, whence));
        } finally {
            room.release();
        }
    }

    /** Who has the session; empty where it is over, or never was. */
    @Transactional
    Optional<Actor> actor(String session) {
        return isOne(session, SESSION) ? actor(Secret.hash(session)) : Optional.empty();
    }

    /** The same as they are now; {@link Actor#NOBODY} where their session is over. */
    @Transactional
    Actor again(Actor.Card card) {
        return actor(card.hash()).orElse(Actor.NOBODY);
    }

    private Optional<Actor> actor(byte[] hash) {
        return store.session(hash, clock.instant())
                .map(session -> new Actor(
                        session.subject().toString(),
                        Actor.Kind.PERSON_SESSION,
                        new Rights(grants.held(session.subject()), Narrowing.NONE),
                        new Actor.Card(session.id(), hash)));
    }

    private String open(Subject subject, Whence whence) {
        String text = Secret.text(SESSION);
        Instant now = clock.instant();
        String agent = whence.agent();
        PersonSession session = new PersonSession(
                Secret.id(),
                subject,
                whence.address(),
                agent == null ? null : MusterException.shown(agent),
                now,
                now.plus(SESSION_LIVES));
        store.open(session, Secret.hash(text));
        return text;
    }

    private boolean isOver(String key, int free, Instant now) {
        return store.failures(key)
                .map(failures -> new Lockout(failures.count(), free, failures.lastAt()).isOver(now))
                .orElse(true);
    }

    private static boolean isOne(String text, String prefix) {
        return text.startsWith(prefix) && text.length() == prefix.length() + TEXT;
    }

    private static @Nullable Subject subject(String name) {
        try {
            return new Subject(Subject.Kind.PERSON, name);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
