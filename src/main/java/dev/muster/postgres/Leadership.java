package dev.muster.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Who plans: one row with an epoch that grows with every change of hands. Times are the database's own, so clocks of replicas
 * do not matter. A planner's transaction calls {@link #requireEpoch} first: it holds the row shared, so that nobody takes over
 * before its commit, and it fails where somebody already has.
 */
@ApplicationScoped
public class Leadership {
    private final Sql sql;

    Leadership(Sql sql) {
        this.sql = sql;
    }

    /** Another replica plans now; what was being done must be dropped. */
    public static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Lost(long epoch) {
            super("Leadership of epoch %d is lost: another replica plans now".formatted(epoch));
        }
    }

    /** The new epoch, where nobody leads or the leader's time is over. {@code holder} names this process. */
    @Transactional
    public OptionalLong acquire(String holder, Duration time) {
        return take(holder, time, "expires_at < clock_timestamp()");
    }

    /**
     * The new epoch, whoever led before; only for who knows that every other one is dead (the owner of an embedded database).
     */
    @Transactional
    public long takeOver(String holder, Duration time) {
        return take(holder, time, "true").orElseThrow();
    }

    /** More time for the leader of that epoch; false: lost. */
    @Transactional
    public boolean renew(long epoch, Duration time) {
        return sql.update(
                        "update leadership set expires_at = clock_timestamp() + ? * interval '1 millisecond' where epoch = ?",
                        time.toMillis(),
                        epoch)
                == 1;
    }

    /** Lets another one lead at once. */
    @Transactional
    public void resign(long epoch) {
        sql.update("update leadership set expires_at = 'epoch' where epoch = ?", epoch);
    }

    /**
     * Goes on only while that epoch is the present one, until the end of the current transaction. Returns the number of that
     * transaction, which events that are written in it carry in their {@link dev.muster.event.EventCursor}.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public long requireEpoch(long epoch) {
        return sql
                .query(
                        "select pg_current_xact_id()::text from leadership where epoch = ? for share",
                        row -> Long.parseUnsignedLong(row.getString(1)),
                        epoch)
                .stream()
                .findFirst()
                .orElseThrow(() -> new Lost(epoch));
    }

    private OptionalLong take(String holder, Duration time, String condition) {
        return sql
                .query(
                        "update leadership set holder = ?, epoch = epoch + 1,"
                                + " expires_at = clock_timestamp() + ? * interval '1 millisecond' where " + condition
                                + " returning epoch",
                        row -> row.getLong(1),
                        holder,
                        time.toMillis())
                .stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }
}
