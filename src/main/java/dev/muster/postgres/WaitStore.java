package dev.muster.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.muster.quota.name.JobId;
import dev.muster.quota.plan.LiveAttempt;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the planner remembers of waiting jobs from plan to plan. Forgotten by itself when a job is deleted. */
@ApplicationScoped
public class WaitStore {
    private static final Json.Reader<List<LiveAttempt.Held>> CLAIM =
            Json.reader(new TypeReference<List<LiveAttempt.Held>>() {});

    private final Sql sql;

    WaitStore(Sql sql) {
        this.sql = sql;
    }

    /**
     * How often later jobs started before it, the room that is being made for it, and whether its roles that want spot nodes first
     * may use others; all empty: nothing to remember.
     */
    public record Wait(int passed, List<LiveAttempt.Held> claim, boolean onDemand) {
        public static final Wait NONE = new Wait(0, List.of(), false);

        public Wait {
            claim = List.copyOf(claim);
        }

        public Wait passedOnceMore() {
            return new Wait(passed + 1, claim, onDemand);
        }

        public Wait withClaim(List<LiveAttempt.Held> room) {
            return new Wait(passed, room, onDemand);
        }

        public Wait fallenBack() {
            return new Wait(passed, claim, true);
        }
    }

    /** Of every job that waits. */
    @Transactional
    public Map<JobId, Wait> all() {
        Map<JobId, Wait> all = new HashMap<>();
        sql.query(
                        "select job_wait.job, passed, claim, on_demand from job_wait join job on job.id = job_wait.job"
                                + " where job.state in ('QUEUED', 'BLOCKED')",
                        row -> Map.entry(
                                new JobId(row.getString(1)),
                                new Wait(row.getInt(2), CLAIM.read(row.getString(3)), row.getBoolean(4))))
                .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        return all;
    }

    /** Keeps these, and what was granted until it is forgotten; a job with {@link Wait#NONE} is forgotten, and so is one that does not exist. */
    @Transactional
    public void write(Map<JobId, Wait> waits) {
        List<Map.Entry<JobId, Wait>> sorted = waits.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .toList();
        sql.batch(
                "delete from job_wait where job = ?",
                sorted.stream()
                        .filter(entry -> entry.getValue().equals(Wait.NONE))
                        .toList(),
                (row, entry) -> row.text(entry.getKey()));
        sql.batch(
                """
                insert into job_wait (job, passed, claim, on_demand) select id, ?, ?::jsonb, ? from job where id = ?
                on conflict (job) do update
                    set passed = excluded.passed, claim = excluded.claim, on_demand = job_wait.on_demand or excluded.on_demand""",
                sorted.stream()
                        .filter(entry -> !entry.getValue().equals(Wait.NONE))
                        .toList(),
                (row, entry) -> row.number(entry.getValue().passed())
                        .json(entry.getValue().claim())
                        .flag(entry.getValue().onDemand())
                        .text(entry.getKey()));
    }
}
