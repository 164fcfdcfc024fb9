package dev.muster.postgres;

import dev.muster.event.Event;
import dev.muster.event.EventType;
import dev.muster.job.Job;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When jobs saved their work last. Forgotten by itself when a job is deleted. */
@ApplicationScoped
public class CheckpointStore {
    /** Who says it more often than this is believed, and nothing is written. */
    private static final Duration LEAST = Duration.ofSeconds(10);

    private static final String SAVED = """
            insert into job_checkpoint (job, attempt, at) values (?, ?, ?)
            on conflict (job) do update set attempt = excluded.attempt, at = excluded.at
            where job_checkpoint.attempt <> excluded.attempt or job_checkpoint.at <= ?""";

    private final Sql sql;
    private final EventStore events;

    CheckpointStore(Sql sql, EventStore events) {
        this.sql = sql;
        this.events = events;
    }

    /** The work of the job's present attempt is saved, with an event. */
    @Transactional
    public void saved(Job job, Instant now, String actor) {
        int written = sql.update(SAVED, job.id(), job.attempt(), now, now.minus(LEAST));
        if (written > 0) {
            events.append(List.of(new Event(
                            now,
                            EventType.CHECKPOINTED,
                            actor,
                            job.team(),
                            job.id(),
                            job.spec().name(),
                            job.attempt(),
                            null,
                            null,
                            null)
                    .in(job.spec().set())));
        }
    }

    /** Of every attempt that lives. */
    @Transactional
    public Map<AttemptId, Instant> all() {
        Map<AttemptId, Instant> all = new HashMap<>();
        sql.query(
                        "select saved.job, saved.attempt, saved.at from job_checkpoint saved join attempt on attempt.job = saved.job"
                                + " and attempt.number = saved.attempt where attempt.state <> 'ENDED'",
                        row -> Map.entry(
                                new AttemptId(new JobId(row.getString(1)), row.getInt(2)), Instants.of(row, 3)))
                .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        return all;
    }
}
