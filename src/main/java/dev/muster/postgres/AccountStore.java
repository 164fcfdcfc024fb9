package dev.muster.postgres;

import dev.muster.rights.Account;
import dev.muster.rights.Change;
import dev.muster.rights.IssuerSession;
import dev.muster.rights.PersonSession;
import dev.muster.rights.Subject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** People with a password, the links by which they choose it, the browsers that they are signed in with, attempts that failed. */
@ApplicationScoped
public class AccountStore {
    private static final Duration FAILURES_COUNT_FOR = Duration.ofDays(1);
    private static final String ACCOUNT = "select name, created_by, created_at, password_at from account";
    private static final String SESSION =
            "select id, account, address, agent, created_at, expires_at, issuer, groups from person_session";

    private static final String OPEN = """
            insert into person_session
                (id, hash, account, address, agent, created_at, expires_at, issuer, groups, sign_out, issuer_session, issuer_subject)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    /** Of a session of the issuer's, or where it names none of somebody whom it knows by that name. */
    private static final String END_THERE = """
            delete from person_session where issuer = ? and created_at <= ?
            and coalesce(issuer_session = ?, issuer_subject = ?, false) and coalesce(issuer_subject = ?, true)
            returning account""";

    private static final String FAILED = """
            insert into sign_in_failure (key, failures, last_at) values (?, 1, ?)
            on conflict (key) do update set failures = sign_in_failure.failures + 1, last_at = excluded.last_at""";

    private final Sql sql;
    private final RecordStore record;

    AccountStore(Sql sql, RecordStore record) {
        this.sql = sql;
        this.record = record;
    }

    /** False where there is one of that name. */
    @Transactional
    public boolean insert(Account account) {
        boolean isNew = sql.update(
                        "insert into account (name, created_by, created_at) values (?, ?, ?) on conflict (name) do nothing",
                        account.subject(),
                        account.createdBy(),
                        account.createdAt())
                == 1;
        if (isNew) {
            note("ACCOUNT_MADE", account.subject(), account.createdBy(), account.createdAt());
        }
        return isNew;
    }

    /** All, by name. */
    @Transactional
    public List<Account> all() {
        return sql.query(ACCOUNT + " order by name", AccountStore::account);
    }

    @Transactional
    public Optional<Account> find(Subject subject) {
        return sql.query(ACCOUNT + " where name = ?", AccountStore::account, subject).stream()
                .findFirst();
    }

    /** What bcrypt made of the password; null: there is no account, or no password yet. */
    @Transactional
    public @Nullable String password(Subject subject) {
        return sql
                .query(
                        "select password from account where name = ? and password is not null",
                        row -> row.getString(1),
                        subject)
                .stream()
                .findFirst()
                .orElse(null);
    }

    /** Sets it, spends all links, ends all sessions: whoever had one may be the reason for the change. */
    @Transactional
    public void set(Subject subject, String password, String actor, Instant now) {
        sql.update("update account set password = ?, password_at = ? where name = ?", password, now, subject);
        sql.update("delete from account_link where account = ?", subject);
        sql.update("delete from person_session where account = ?", subject);
        note("PASSWORD_CHOSEN", subject, actor, now);
    }

    /** False where there is none. */
    @Transactional
    public boolean delete(Subject subject, String actor, Instant now) {
        boolean was = sql.update("delete from account where name = ?", subject) == 1;
        if (was) {
            sql.update("delete from person_session where account = ?", subject);
        }
        if (was) {
            note("ACCOUNT_REMOVED", subject, actor, now);
        }
        return was;
    }

    /** A link; those that were made before for the same account are spent. */
    @Transactional
    public void link(Subject subject, byte[] hash, Instant expiresAt, String actor, Instant now) {
        sql.update("delete from account_link where account = ? or expires_at < ?", subject, now);
        sql.update("insert into account_link (hash, account, expires_at) values (?, ?, ?)", hash, subject, expiresAt);
        note("ACCOUNT_LINK_MADE", subject, actor, now);
    }

    /** Whose link it is; empty where it was used, has ended or never was. */
    @Transactional
    public Optional<Subject> linked(byte[] hash, Instant now) {
        return sql
                .query(
                        "select account from account_link where hash = ? and expires_at > ?",
                        row -> new Subject(Subject.Kind.PERSON, row.getString(1)),
                        hash,
                        now)
                .stream()
                .findFirst();
    }

    /** Spends the link: true for one of those who try at the same time. */
    @Transactional
    public boolean spend(byte[] hash) {
        return sql.update("delete from account_link where hash = ?", (Object) hash) == 1;
    }

    /** {@code there}: as the identity provider knows it that vouches for it; null: nobody does. */
    @Transactional
    public void open(PersonSession session, byte[] hash, @Nullable IssuerSession there) {
        sql.update("delete from person_session where expires_at < ?", session.createdAt());
        sql.update(
                OPEN,
                session.id(),
                hash,
                session.subject(),
                session.address(),
                session.agent(),
                session.createdAt(),
                session.expiresAt(),
                session.issuer(),
                session.groups().toArray(String[]::new),
                there == null ? null : there.signOut(),
                there == null ? null : there.session(),
                there == null ? null : there.subject());
        record.append(new Change(
                session.createdAt(),
                session.subject().toString(),
                "SIGNED_IN",
                null,
                session.subject().toString(),
                null,
                Json.write(Map.of(
                        "session",
                        session.id(),
                        "address",
                        String.valueOf(session.address()),
                        "agent",
                        String.valueOf(session.agent()),
                        "issuer",
                        String.valueOf(session.issuer()))),
                null));
    }

    @Transactional
    public Optional<PersonSession> session(byte[] hash, Instant now) {
        return sql.query(SESSION + " where hash = ? and expires_at > ?", AccountStore::session, hash, now).stream()
                .findFirst();
    }

    /** Where whoever has the session is sent who signs out; null: nowhere else. */
    @Transactional
    public @Nullable String signOut(String id) {
        return sql
                .query(
                        "select sign_out from person_session where id = ? and sign_out is not null",
                        row -> row.getString(1),
                        id)
                .stream()
                .findFirst()
                .orElse(null);
    }

    /** Those that go on, of a subject, null: of all; by id. */
    @Transactional
    public List<PersonSession> sessions(@Nullable Subject subject, Instant now) {
        return subject == null
                ? sql.query(SESSION + " where expires_at > ? order by id", AccountStore::session, now)
                : sql.query(
                        SESSION + " where account = ? and expires_at > ? order by id",
                        AccountStore::session,
                        subject,
                        now);
    }

    /** False where there is none. */
    @Transactional
    public boolean end(String id, String actor, Instant now) {
        List<PersonSession> found = sql.query(SESSION + " where id = ?", AccountStore::session, id);
        boolean was = sql.update("delete from person_session where id = ?", id) == 1;
        if (was && !found.isEmpty()) {
            note("SIGNED_OUT", found.get(0).subject(), actor, now);
        }
        return was;
    }

    /** Those that an issuer has ended, by its names for session and person, and that had begun by then; how many they were. */
    @Transactional
    public int end(
            String issuer, @Nullable String session, @Nullable String subject, Instant begun, String why, Instant now) {
        List<Subject> ended = sql.query(
                END_THERE,
                row -> new Subject(Subject.Kind.PERSON, row.getString(1)),
                issuer,
                begun,
                session,
                subject,
                subject);
        ended.forEach(each ->
                record.append(new Change(now, each.toString(), "SIGNED_OUT", null, each.toString(), null, null, why)));
        return ended.size();
    }

    /** Attempts that failed one after the other, and when the last one did. */
    public record Failures(int count, Instant lastAt) {}

    @Transactional
    public Optional<Failures> failures(String key) {
        return sql
                .query(
                        "select failures, last_at from sign_in_failure where key = ?",
                        row -> new Failures(row.getInt(1), Instants.of(row, "last_at")),
                        key)
                .stream()
                .findFirst();
    }

    @Transactional
    public void failed(String key, Instant now) {
        sql.update("delete from sign_in_failure where last_at < ?", now.minus(FAILURES_COUNT_FOR));
        sql.update(FAILED, key, now);
    }

    @Transactional
    public void succeeded(String key) {
        sql.update("delete from sign_in_failure where key = ?", key);
    }

    private void note(String type, Subject subject, String actor, Instant now) {
        record.append(new Change(now, actor, type, null, subject.toString(), null, null, null));
    }

    private static Account account(ResultSet row) throws SQLException {
        Instant chosen = Instants.orNull(row, "password_at");
        return new Account(
                new Subject(Subject.Kind.PERSON, row.getString("name")),
                row.getString("created_by"),
                Instants.of(row, "created_at"),
                chosen);
    }

    private static PersonSession session(ResultSet row) throws SQLException {
        return new PersonSession(
                row.getString("id"),
                new Subject(Subject.Kind.PERSON, row.getString("account")),
                row.getString("address"),
                row.getString("agent"),
                Instants.of(row, "created_at"),
                Instants.of(row, "expires_at"),
                row.getString("issuer"),
                List.of((String[]) row.getArray("groups").getArray()));
    }
}
