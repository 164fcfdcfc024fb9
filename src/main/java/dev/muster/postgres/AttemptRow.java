package dev.muster.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.muster.cluster.PodStatus;
import dev.muster.job.Attempt;
import dev.muster.job.AttemptState;
import dev.muster.job.ElasticPods;
import dev.muster.job.Outcome;
import dev.muster.quota.name.AttemptId;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.PoolName;
import dev.muster.quota.name.RoleName;
import dev.muster.quota.plan.Permit;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An attempt as it is read. */
@Entity
@Table(name = "attempt")
@IdClass(AttemptRow.Key.class)
class AttemptRow {
    private static final Json.Reader<Outcome> OUTCOME = Json.reader(Outcome.class);
    private static final Json.Reader<List<PodStatus>> PODS = Json.reader(new TypeReference<List<PodStatus>>() {});
    private static final Json.Reader<Map<RoleName, Map<PoolName, Integer>>> PLACEMENTS =
            Json.reader(new TypeReference<Map<RoleName, Map<PoolName, Integer>>>() {});

    private static final Json.Reader<List<Permit>> PERMITS = Json.reader(new TypeReference<List<Permit>>() {});
    private static final Json.Reader<ElasticPods> ELASTIC = Json.reader(ElasticPods.class);

    /** The primary key. */
    record Key(String job, int number) implements Serializable {}

    @Id
    String job;

    @Id
    int number;

    String state;
    long version;
    String placements;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "started_at")
    @Nullable
    Instant startedAt;

    @Column(name = "ended_at")
    @Nullable
    Instant endedAt;

    @Nullable
    Instant deadline;

    @Nullable
    String outcome;

    String pods;
    String elastic;

    @Column(name = "leaving_for")
    @Nullable
    String leavingFor;

    @Nullable
    String zone;

    String permits;

    /**
     * @throws UnreadableRow where it is damaged or of a newer service
     */
    Attempt attempt() {
        try {
            return read();
        } catch (RuntimeException e) {
            throw new UnreadableRow("attempt", new JobId(job), e);
        }
    }

    private Attempt read() {
        return new Attempt(
                new AttemptId(new JobId(job), number),
                AttemptState.valueOf(state),
                version,
                PLACEMENTS.read(placements),
                createdAt,
                startedAt,
                endedAt,
                deadline,
                OUTCOME.readNullable(outcome),
                PODS.read(pods),
                elastic.equals("{}") ? ElasticPods.NONE : ELASTIC.read(elastic),
                leavingFor == null ? null : new JobId(leavingFor),
                zone,
                PERMITS.read(permits));
    }
}
