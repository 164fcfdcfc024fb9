package dev.muster.postgres;

import dev.muster.job.Callback;
import dev.muster.job.Failure;
import dev.muster.job.Job;
import dev.muster.job.JobMove;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.TeamName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages that wait to be sent: written in the transaction of the move that they tell of, so that none is lost. */
@ApplicationScoped
public class CallbackStore {
    private final Sql sql;
    private final ResultStore results;

    CallbackStore(Sql sql, ResultStore results) {
        this.results = results;
        this.sql = sql;
    }

    /** One message and what became of it; {@code nextAt} null: delivered, or given up. */
    public record Delivery(
            long id,
            TeamName team,
            String url,
            String jobState,
            String body,
            Instant at,
            int tries,
            @Nullable Instant nextAt,
            @Nullable Instant deliveredAt,
            @Nullable String lastError) {}

    private record Message(JobMove move, Callback callback) {}

    /** What is to be told of moves that are being made. */
    @Transactional(Transactional.TxType.MANDATORY)
    void tell(List<JobMove> moves) {
        List<Message> messages = new ArrayList<>();
        for (JobMove move : moves) {
            Job after = move.after();
            if (move.before().state() != after.state()) {
                after.spec().life().callbacks().stream()
                        .filter(one -> one.on().contains(after.state()))
                        .forEach(one -> messages.add(new Message(move, one)));
            }
        }
        sql.batch(
                "insert into callback_delivery (job, team, url, job_state, body, at, next_at) values (?, ?, ?, ?, ?, ?, ?)",
                messages,
                (row, one) -> row.text(one.move().after().id())
                        .text(one.move().after().team())
                        .text(one.callback().url())
                        .text(one.move().after().state())
                        .text(body(one.move()))
                        .instant(one.move().at())
                        .instant(one.move().at()));
    }

    /** At most {@code most} that are due; nobody else gets them before {@code until}. */
    @Transactional
    public List<Delivery> claim(Instant now, Instant until, int most) {
        return sql.query("""
                update callback_delivery set tries = tries + 1, next_at = ? where id in (
                    select id from callback_delivery where next_at <= ? order by next_at limit ? for update skip locked)
                returning *""", CallbackStore::read, until, now, most);
    }

    @Transactional
    public void delivered(long id, Instant now) {
        sql.update(
                "update callback_delivery set next_at = null, delivered_at = ?, last_error = null where id = ?",
                now,
                id);
    }

    /** {@code next} null: it is given up. */
    @Transactional
    public void failed(long id, @Nullable Instant next, String error) {
        sql.batch(
                "update callback_delivery set next_at = ?, last_error = ? where id = ?",
                List.of(id),
                (row, one) -> row.instant(next).text(error).number(one.longValue()));
    }

    /** Those of a job, newest first. */
    @Transactional
    public List<Delivery> of(JobId job, int most) {
        return sql.query(
                "select * from callback_delivery where job = ? order by id desc limit ?",
                CallbackStore::read,
                job,
                most);
    }

    /** Deletes what is over and older; how many. */
    @Transactional(Transactional.TxType.MANDATORY)
    public int deleteBefore(Instant end, int most) {
        return sql.update(
                "delete from callback_delivery where id in (select id from callback_delivery where next_at is null and at < ? limit ?)",
                end,
                most);
    }

    private String body(JobMove move) {
        Job job = move.after();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("job", job.id().value());
        body.put("team", job.team().value());
        body.put("name", job.spec().name());
        body.put("state", job.state().name());
        body.put("from", move.before().state().name());
        body.put("at", move.at().toString());
        body.put("attempt", job.attempt());
        body.put("labels", job.spec().labels());
        Failure failure = job.outcome() == null ? null : job.outcome().failure();
        if (failure != null) {
            body.put("category", failure.category().name());
            body.put("message", failure.message());
        }
        if (job.state().isFinal()) {
            results.of(job.id()).ifPresent(result -> body.put("result", result));
        }
        return Json.write(body);
    }

    private static Delivery read(ResultSet row) throws SQLException {
        return new Delivery(
                row.getLong("id"),
                new TeamName(row.getString("team")),
                row.getString("url"),
                row.getString("job_state"),
                row.getString("body"),
                Instants.of(row, "at"),
                row.getInt("tries"),
                Instants.orNull(row, "next_at"),
                Instants.orNull(row, "delivered_at"),
                row.getString("last_error"));
    }
}
