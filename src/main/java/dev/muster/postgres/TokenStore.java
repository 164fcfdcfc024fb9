package dev.muster.postgres;

import dev.muster.rights.Change;
import dev.muster.rights.IssuedToken;
import dev.muster.rights.Narrowing;
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

/** What people and services call with. Kept hashed: whoever reads the database cannot call with what they find. */
@ApplicationScoped
public class TokenStore {
    /** Later uses within so long are not written: a busy token would be a write for each call. */
    private static final Duration USE_COUNTS_AS_THE_SAME = Duration.ofMinutes(1);

    private static final String SELECT = """
            select id, subject, label, narrowing, created_by, created_at, expires_at, revoked_at, last_used_at
            from issued_token""";

    private final Sql sql;
    private final RecordStore record;

    TokenStore(Sql sql, RecordStore record) {
        this.sql = sql;
        this.record = record;
    }

    @Transactional
    public void insert(IssuedToken token, byte[] hash) {
        sql.update(
                """
                insert into issued_token (id, hash, subject, label, narrowing, created_by, created_at, expires_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)""",
                token.id(),
                hash,
                token.subject(),
                token.label(),
                token.narrowing(),
                token.createdBy(),
                token.createdAt(),
                token.expiresAt());
        record.append(change("TOKEN_ISSUED", token, token.createdBy(), token.createdAt(), null, json(token)));
    }

    /** The good one with this hash, whose use is written down; empty where it is none, has expired or was revoked. */
    @Transactional
    public Optional<IssuedToken> use(byte[] hash, Instant now) {
        Optional<IssuedToken> found = sql.query(SELECT + " where hash = ?", TokenStore::read, (Object) hash).stream()
                .findFirst()
                .filter(token -> token.isGood(now));
        found.filter(token -> isNews(token.lastUsedAt(), now))
                .ifPresent(token -> sql.update(
                        "update issued_token set last_used_at = ? where id = ? and (last_used_at is null or last_used_at < ?)",
                        now,
                        token.id(),
                        now.minus(USE_COUNTS_AS_THE_SAME)));
        return found;
    }

    @Transactional
    public Optional<IssuedToken> find(String id) {
        return sql.query(SELECT + " where id = ?", TokenStore::read, id).stream()
                .findFirst();
    }

    /** Those of a subject, null: of all, after this id. */
    @Transactional
    public List<IssuedToken> list(@Nullable Subject subject, @Nullable String after, int limit) {
        return subject == null
                ? sql.query(
                        SELECT + " where id > ? order by id limit ?",
                        TokenStore::read,
                        after == null ? "" : after,
                        limit)
                : sql.query(
                        SELECT + " where subject = ? and id > ? order by id limit ?",
                        TokenStore::read,
                        subject,
                        after == null ? "" : after,
                        limit);
    }

    /** False where it was revoked before, or there is none. */
    @Transactional
    public boolean revoke(String id, String actor, Instant now) {
        boolean revoked = sql.update(
                        "update issued_token set revoked_at = ?, revoked_by = ? where id = ? and revoked_at is null",
                        now,
                        actor,
                        id)
                == 1;
        if (revoked) {
            IssuedToken token = find(id).orElseThrow();
            record.append(change("TOKEN_REVOKED", token, actor, now, json(token), null));
        }
        return revoked;
    }

    private static Change change(
            String type,
            IssuedToken token,
            String actor,
            Instant now,
            @Nullable String before,
            @Nullable String after) {
        return new Change(now, actor, type, null, token.subject().toString(), before, after, null);
    }

    private static String json(IssuedToken token) {
        return Json.write(Map.of(
                "id",
                token.id(),
                "label",
                token.label(),
                "narrowing",
                token.narrowing(),
                "expiresAt",
                token.expiresAt()));
    }

    private static boolean isNews(@Nullable Instant before, Instant now) {
        return before == null || before.isBefore(now.minus(USE_COUNTS_AS_THE_SAME));
    }

    private static IssuedToken read(ResultSet row) throws SQLException {
        return new IssuedToken(
                row.getString("id"),
                Subject.parse(row.getString("subject")),
                row.getString("label"),
                Narrowing.valueOf(row.getString("narrowing")),
                row.getString("created_by"),
                Instants.of(row, "created_at"),
                Instants.of(row, "expires_at"),
                Instants.orNull(row, "revoked_at"),
                Instants.orNull(row, "last_used_at"));
    }
}
