package dev.muster.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Rehearsals of policies, the latest of them. Signs of life are by the database's clock, which all replicas share. */
@ApplicationScoped
public class RehearsalStore {
    /** Older ones are forgotten. */
    private static final int KEPT = 50;

    private static final String READ = "select body, state, done from rehearsal ";

    private final Sql sql;
    private final Json.Reader<Rehearsal> words = Json.reader(Rehearsal.class);

    RehearsalStore(Sql sql) {
        this.sql = sql;
    }

    /** False where another one is open: there is one at a time. */
    @Transactional
    public boolean add(Rehearsal asked) {
        boolean added = sql.update(
                        "insert into rehearsal (id, state, asked_at, body) values (?, ?, ?, ?::jsonb) on conflict do nothing",
                        asked.id(),
                        asked.state(),
                        asked.askedAt(),
                        Json.write(asked))
                == 1;
        if (added) {
            sql.update(
                    "delete from rehearsal where id in (select id from rehearsal order by asked_at desc, id offset ?)",
                    KEPT);
        }
        return added;
    }

    /** Newest first. */
    @Transactional
    public List<Rehearsal> latest() {
        return sql.query(READ + "order by asked_at desc, id limit ?", this::row, KEPT);
    }

    @Transactional
    public Optional<Rehearsal> find(String id) {
        return sql.query(READ + "where id = ?", this::row, id).stream().findFirst();
    }

    /** The one that waits or is computed. */
    @Transactional
    public Optional<Rehearsal> open() {
        return sql.query(READ + "where state in ('WAITING', 'RUNNING')", this::row).stream()
                .findFirst();
    }

    /** Takes the one that waits, so that nobody else does. */
    @Transactional
    public Optional<Rehearsal> take() {
        return sql
                .query(
                        "update rehearsal set state = 'RUNNING', seen_at = clock_timestamp() where state = 'WAITING'"
                                + " returning body, state, done",
                        this::row)
                .stream()
                .findFirst();
    }

    /** A sign of life; false where it was taken back. */
    @Transactional
    public boolean goesOn(String id, int percent) {
        return sql.update(
                        "update rehearsal set done = ?, seen_at = clock_timestamp() where id = ? and state = 'RUNNING'",
                        percent,
                        id)
                == 1;
    }

    /** The end of one that is computed, unless it was taken back. */
    @Transactional
    public void ended(Rehearsal over) {
        sql.update(
                "update rehearsal set state = ?, done = ?, body = ?::jsonb where id = ? and state = 'RUNNING'",
                over.state(),
                over.percent(),
                Json.write(over),
                over.id());
    }

    /** Whoever computes it stops, and another one begins anew. */
    @Transactional
    public void leave(String id) {
        sql.update(
                "update rehearsal set state = 'WAITING', done = 0, seen_at = null where id = ? and state = 'RUNNING'",
                id);
    }

    /** False where it was over already. */
    @Transactional
    public boolean cancel(String id) {
        return sql.update(
                        "update rehearsal set state = 'CANCELLED' where id = ? and state in ('WAITING', 'RUNNING')", id)
                == 1;
    }

    /** Ends one of which nobody has heard for so long. */
    @Transactional
    public void giveUp(Duration silence, String why) {
        List<Rehearsal> silent = sql.query(
                READ + "where state = 'RUNNING' and seen_at < clock_timestamp() - ? * interval '1 second' for update",
                this::row,
                silence.toSeconds());
        silent.forEach(one -> ended(one.failed(why)));
    }

    private Rehearsal row(ResultSet row) throws SQLException {
        return words.read(row.getString(1)).with(Rehearsal.State.valueOf(row.getString(2)), row.getInt(3));
    }
}
