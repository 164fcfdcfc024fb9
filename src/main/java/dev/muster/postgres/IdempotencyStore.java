package dev.muster.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The first answer to each request that came with a key, kept for {@link #KEPT}. A claim lives in the transaction that does
 * the work: a second request with the same key waits for the first one's end, and either sees its answer or takes its place.
 */
@ApplicationScoped
public class IdempotencyStore {
    /** How long an answer is repeated. */
    public static final Duration KEPT = Duration.ofHours(24);

    private static final String CLAIM = """
            insert into idempotency (actor, key, body_hash, created_at) values (?, ?, ?, ?)
            on conflict (actor, key) do update set body_hash = excluded.body_hash, created_at = excluded.created_at,
                status = null, location = null, body = null
            where idempotency.created_at < ?""";

    private final Sql sql;

    IdempotencyStore(Sql sql) {
        this.sql = sql;
    }

    /** What was answered: HTTP status, Location and body where there were any. */
    public record Answer(
            int status, @Nullable String location, @Nullable String body) {}

    /** What a claim has found. */
    public sealed interface Claim {
        /** The key is new: do the work, then {@link IdempotencyStore#answer}, all in this transaction. */
        record First() implements Claim {}

        /** The same request was answered before. */
        record Repeated(Answer answer) implements Claim {}

        /** The key was used for another request. */
        record OtherRequest() implements Claim {}

        /** Calls the function of this case. */
        default <T> T match(Supplier<T> first, Function<Answer, T> repeated, Supplier<T> otherRequest) {
            if (this instanceof First) {
                return first.get();
            }
            return this instanceof Repeated again ? repeated.apply(again.answer()) : otherRequest.get();
        }
    }

    /** Claims the key for the current transaction. {@code hash} is that of everything that makes the request what it is. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Claim claim(String actor, String key, byte[] hash, Instant now) {
        if (sql.update(CLAIM, actor, key, hash, now, now.minus(KEPT)) == 1) {
            return new Claim.First();
        }
        return sql.query(
                        "select body_hash, status, location, body from idempotency where actor = ? and key = ?",
                        row -> seen(row, hash),
                        actor,
                        key)
                .get(0);
    }

    /** Keeps the answer of the request that has claimed the key in this transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void answer(String actor, String key, Answer answer) {
        sql.update(
                "update idempotency set status = ?, location = ?, body = ? where actor = ? and key = ?",
                answer.status(),
                answer.location(),
                answer.body(),
                actor,
                key);
    }

    /** Forgets what is older than {@link #KEPT}; returns how many. */
    @Transactional
    public int forget(Instant now) {
        return sql.update("delete from idempotency where created_at < ?", now.minus(KEPT));
    }

    private static Claim seen(ResultSet row, byte[] hash) throws SQLException {
        return Arrays.equals(row.getBytes("body_hash"), hash)
                ? new Claim.Repeated(new Answer(row.getInt("status"), row.getString("location"), row.getString("body")))
                : new Claim.OtherRequest();
    }
}
