package dev.muster.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.muster.job.Backoff;
import dev.muster.job.Changed;
import dev.muster.job.Job;
import dev.muster.job.JobSpec;
import dev.muster.job.JobState;
import dev.muster.job.Outcome;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.JobSetName;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.name.QueueName;
import dev.muster.quota.name.TeamName;
import dev.muster.quota.plan.Reason;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job as it is read. */
@Entity
@Table(name = "job_with_reasons")
class JobRow {
    private static final Words<TeamName> TEAMS = new Words<>(TeamName::new);
    private static final Words<QueueName> QUEUES = new Words<>(QueueName::new);
    private static final Words<PriorityClassName> CLASSES = new Words<>(PriorityClassName::new);
    private static final Json.Reader<Map<String, String>> TEXTS =
            Json.reader(new TypeReference<Map<String, String>>() {});
    private static final Json.Reader<Outcome> OUTCOME = Json.reader(Outcome.class);
    private static final Json.Reader<List<Reason>> REASONS = Json.reader(new TypeReference<List<Reason>>() {});
    private static final Json.Reader<Map<PoolName, Backoff>> BACKOFFS =
            Json.reader(new TypeReference<Map<PoolName, Backoff>>() {});

    private static final Json.Reader<List<Changed>> CHANGES = Json.reader(new TypeReference<List<Changed>>() {});

    @Id
    String id;

    String team;
    String name;
    String queue;

    @Column(name = "priority_class")
    String priorityClass;

    int priority;
    String state;
    long version;
    int attempt;

    @Column(name = "user_retries_spent")
    int userRetriesSpent;

    @Column(name = "platform_retries_spent")
    int platformRetriesSpent;

    int evictions;

    @Column(name = "submitted_by")
    String submittedBy;

    @Column(name = "submitted_at")
    Instant submittedAt;

    @Column(name = "queued_at")
    @Nullable
    Instant queuedAt;

    @Column(name = "aged_from")
    @Nullable
    Instant agedFrom;

    @Column(name = "started_at")
    @Nullable
    Instant startedAt;

    @Column(name = "finished_at")
    @Nullable
    Instant finishedAt;

    @Column(name = "not_before")
    @Nullable
    Instant notBefore;

    @Column(name = "array_index")
    @Nullable
    Integer arrayIndex;

    @Column(name = "job_set")
    @Nullable
    String set;

    String labels;
    String annotations;
    String shape;
    String backoffs;
    String changes;

    @Nullable
    String outcome;

    @Nullable
    String reasons;

    @Column(name = "reasons_at")
    @Nullable
    Instant reasonsAt;

    /**
     * @throws UnreadableRow where it is damaged or of a newer service
     */
    Job job() {
        try {
            return read();
        } catch (RuntimeException e) {
            throw new UnreadableRow("job", new JobId(id), e);
        }
    }

    private Job read() {
        JobState now = JobState.valueOf(state);
        boolean waits = now == JobState.QUEUED || now == JobState.BLOCKED;
        return new Job(
                new JobId(id),
                TEAMS.of(team),
                spec(),
                now,
                priority,
                version,
                attempt,
                userRetriesSpent,
                platformRetriesSpent,
                evictions,
                map(BACKOFFS, backoffs),
                submittedBy,
                submittedAt,
                queuedAt,
                agedFrom,
                startedAt,
                finishedAt,
                OUTCOME.readNullable(outcome),
                waits && reasons != null ? REASONS.read(reasons) : List.of(),
                waits ? reasonsAt : null,
                changes.equals("[]") ? List.of() : CHANGES.read(changes));
    }

    private JobSpec spec() {
        JobShape asked = JobShape.read(shape);
        return new JobSpec(
                name,
                QUEUES.of(queue),
                CLASSES.of(priorityClass),
                asked.roles(),
                asked.maxRunTime(),
                asked.queueTimeout(),
                asked.startDeadline(),
                asked.grace(),
                notBefore,
                asked.retry(),
                asked.completion(),
                map(TEXTS, labels),
                map(TEXTS, annotations),
                asked.oneZone(),
                asked.dependencies(),
                asked.spark(),
                asked.life(),
                asked.place() == null || arrayIndex == null
                        ? null
                        : asked.place().at(arrayIndex),
                set == null ? null : new JobSetName(set));
    }

    private static <K, V> Map<K, V> map(Json.Reader<Map<K, V>> reader, String text) {
        return text.equals("{}") ? Map.of() : reader.read(text);
    }
}
