package dev.muster.access;

import dev.muster.postgres.AccountStore;
import dev.muster.postgres.GrantStore;
import dev.muster.problem.MusterException;
import dev.muster.rights.Account;
import dev.muster.rights.Duty;
import dev.muster.rights.Grant;
import dev.muster.rights.IssuerSession;
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
 * People who sign in by a password of this installation, and sessions. Whoever fails is told the same in every case, takes as long, and waits
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

    /** The provider's clock may be behind ours by so much. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    private static final String LINK = "link_";
    private static final int TEXT = 43;
    /** Looking at a password takes a quarter of a second of a processor: strangers must not get them all. */
    private static final int AT_ONCE = 2;

    private final Semaphore room = new Semaphore(AT_ONCE);
    private final AccountStore store;
    private final GrantStore grants;
    private final Issuers issuers;
    /** People's hours, not those of the virtual clock. */
    private final InstantSource clock;

    @Inject
    Accounts(AccountStore store, GrantStore grants, Issuers issuers) {
        this(store, grants, issuers, InstantSource.system());
    }

    Accounts(AccountStore store, GrantStore grants, Issuers issuers, InstantSource clock) {
        this.store = store;
        this.grants = grants;
        this.issuers = issuers;
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

    /**
     * Ends all of its sessions, too. Duties and tokens stay: they are the person's, however they sign in.
     *
     * @throws MusterException where there is none, or it is the only operator's and the actor not the installation's own token
     */
    @Transactional
    public void remove(Subject subject, Actor actor) {
        boolean isOperator = grants.held(subject).stream().anyMatch(held -> held.duty() == Duty.OPERATOR);
        if (isOperator && actor.card() != null && grants.holders(Duty.OPERATOR) == 1) {
            throw MusterException.inUse(
                    "Account",
                    subject.toString(),
                    "the installation: there is no other operator",
                    "Make somebody else an operator first, or use the installation's own token");
        }
        if (!store.delete(subject, actor.name(), clock.instant())) {
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
        return known(name, password, whence).map(subject -> open(subject, whence));
    }

    /** Chooses another password; all sessions end. Empty where the present one is wrong, else the text of a new session. */
    Optional<String> change(Subject subject, String present, String chosen, Whence whence) {
        return known(subject.name(), present, whence).map(known -> {
            store.set(known, Passwords.hash(chosen), known.toString(), clock.instant());
            return open(known, whence);
        });
    }

    /** The same without a browser; false where the present one is wrong. */
    public boolean change(Subject subject, String present, String chosen, @Nullable String address) {
        Optional<Subject> known = known(subject.name(), present, new Whence(address, null));
        known.ifPresent(one -> store.set(one, Passwords.hash(chosen), one.toString(), clock.instant()));
        return known.isPresent();
    }

    /** What a password must be, where it is not; empty where it can be one. */
    public static Optional<String> fault(Subject subject, String chosen) {
        return Passwords.fault(subject.name(), chosen);
    }

    public boolean hasOne(Subject subject) {
        return store.find(subject).isPresent();
    }

    private Optional<Subject> known(String name, String password, Whence whence) {
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
            return Optional.of(subject);
        } finally {
            room.release();
        }
    }

    /** The text of a new session of somebody for whom an issuer vouches, in these groups. */
    @Transactional
    String welcome(Subject subject, Issuer issuer, List<String> groups, IssuerSession there, Whence whence) {
        return open(subject, issuer, groups, there, whence);
    }

    /** The provider says so: how many sessions are over. One that began later is another. */
    @Transactional
    int end(Issuer issuer, SignOutToken said) {
        return store.end(
                issuer.name(),
                said.session(),
                said.subject(),
                said.at().plus(CLOCKS_DIFFER),
                "signed out at " + issuer.label(),
                clock.instant());
    }

    /** Where whoever has the session is sent to sign out there, too; null: nowhere. */
    @Nullable
    String signOut(String session) {
        return store.signOut(session);
    }

    /** Who has the session; empty where it is over, or never was. */
    @Transactional
    Optional<Actor> actor(String session) {
        return isOne(session, SESSION) ? actor(Secret.hash(session)) : Optional.empty();
    }

    @Transactional
    Optional<Actor> actor(byte[] hash) {
        return store.session(hash, clock.instant()).flatMap(session -> given(session)
                .map(given -> new Actor(
                        session.subject().toString(),
                        Actor.Kind.PERSON_SESSION,
                        new Rights(grants.held(session.subject(), given), Narrowing.NONE),
                        new Actor.Card(session.id(), () -> actor(hash).orElse(Actor.NOBODY)))));
    }

    /** What their groups give, by the settings as they are now; empty where their issuer is trusted no more. */
    private Optional<List<Grant>> given(PersonSession session) {
        return session.issuer() == null
                ? Optional.of(List.of())
                : issuers.named(session.issuer())
                        .map(issuer -> issuer.duties().of(session.subject(), session.groups()));
    }

    private String open(Subject subject, Whence whence) {
        return open(subject, null, List.of(), null, whence);
    }

    private String open(
            Subject subject,
            @Nullable Issuer issuer,
            List<String> groups,
            @Nullable IssuerSession there,
            Whence whence) {
        String text = Secret.text(SESSION);
        Instant now = clock.instant();
        String agent = whence.agent();
        Duration life = issuer == null ? SESSION_LIVES : issuer.settings().session();
        PersonSession session = new PersonSession(
                Secret.id(),
                subject,
                whence.address(),
                agent == null ? null : MusterException.shown(agent),
                now,
                now.plus(life),
                issuer == null ? null : issuer.name(),
                groups);
        store.open(session, Secret.hash(text), there);
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
