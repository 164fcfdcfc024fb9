package dev.muster.postgres;

import dev.muster.schedule.Backfill;
import dev.muster.schedule.ScheduleName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The backfills of schedules. Their runs are in {@link RunStore}. */
@ApplicationScoped
public class BackfillStore {
    private static final String BACKFILL =
            "select schedule, number, from_at, to_at, max_parallel, newest_first, again, actor,"
                    + " created_at, cancelled_at from backfill ";

    private final Sql sql;

    BackfillStore(Sql sql) {
        this.sql = sql;
    }

    /** The number that the next one gets. The caller holds the schedule. */
    @Transactional(Transactional.TxType.MANDATORY)
    public int nextNumber(ScheduleName schedule) {
        return sql.query(
                        "select coalesce(max(number), 0) + 1 from backfill where schedule = ?",
                        row -> row.getInt(1),
                        schedule)
                .get(0);
    }

    @Transactional(Transactional.TxType.MANDATORY)
    public void insert(Backfill backfill) {
        sql.batch(
                "insert into backfill (schedule, number, from_at, to_at, max_parallel, newest_first, again, actor, created_at)"
                        + " values (?, ?, ?, ?, ?, ?::boolean, ?::boolean, ?, ?)",
                List.of(backfill),
                (parameters, one) -> parameters
                        .text(one.schedule())
                        .number(one.number())
                        .instant(one.from())
                        .instant(one.to())
                        .number(one.maxParallel())
                        .text(one.newestFirst())
                        .text(one.again())
                        .text(one.actor())
                        .instant(one.createdAt()));
    }

    /** Those of a schedule, newest first. */
    @Transactional
    public List<Backfill> of(ScheduleName schedule) {
        return sql.query(BACKFILL + "where schedule = ? order by number desc", BackfillStore::backfill, schedule);
    }

    @Transactional
    public Optional<Backfill> find(ScheduleName schedule, int number) {
        return sql
                .query(BACKFILL + "where schedule = ? and number = ?", BackfillStore::backfill, schedule, number)
                .stream()
                .findFirst();
    }

    /** False where it was before. */
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean cancel(ScheduleName schedule, int number, Instant now) {
        return sql.update(
                        "update backfill set cancelled_at = ? where schedule = ? and number = ? and cancelled_at is null",
                        now,
                        schedule,
                        number)
                == 1;
    }

    private static Backfill backfill(ResultSet row) throws SQLException {
        return new Backfill(
                new ScheduleName(row.getString("schedule")),
                row.getInt("number"),
                Instants.of(row, "from_at"),
                Instants.of(row, "to_at"),
                row.getInt("max_parallel"),
                row.getBoolean("newest_first"),
                row.getBoolean("again"),
                row.getString("actor"),
                Instants.of(row, "created_at"),
                Instants.orNull(row, "cancelled_at"));
    }
}
