package dev.muster.postgres;

import dev.muster.job.ArtifactRef;
import dev.muster.job.Job;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.TeamName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Artifacts and their content. Whoever takes one into use touches its row, and whoever deletes looks after having locked it: what a job
 * was accepted with is there as long as the job has not ended.
 */
@ApplicationScoped
public class ArtifactStore {
    private static final int PIECE = 1 << 20;

    /** A job that has not ended names it. */
    private static final String NEEDED = """
            exists (select from job_artifact join job on job.id = job_artifact.job
                where job_artifact.team = artifact.team and job_artifact.sha256 = artifact.sha256 and job.finished_at is null)""";

    /** A job names it that has not ended, or not long ago. */
    private static final String USED = """
            exists (select from job_artifact join job on job.id = job_artifact.job
                where job_artifact.team = artifact.team and job_artifact.sha256 = artifact.sha256
                    and (job.finished_at is null or job.finished_at >= ?))""";

    private final Sql sql;

    ArtifactStore(Sql sql) {
        this.sql = sql;
    }

    @Transactional
    public Optional<StoredArtifact> find(TeamName team, String sha256) {
        return sql
                .query("select * from artifact where team = ? and sha256 = ?", ArtifactStore::read, team, sha256)
                .stream()
                .findFirst();
    }

    /** By hash, after {@code after}. */
    @Transactional
    public List<StoredArtifact> list(TeamName team, @Nullable String after, int most) {
        return sql.query(
                "select * from artifact where team = ? and (?::text is null or sha256 > ?) order by sha256 limit ?",
                ArtifactStore::read,
                team,
                after,
                after,
                most);
    }

    /** One upload of a team after the other, until the end of the transaction: quotas are counted by who writes alone. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void alone(TeamName team) {
        sql.query("select 1 from pg_advisory_xact_lock(hashtext('artifact'), hashtext(?))", row -> 1, team);
    }

    /** What the team's take together. */
    @Transactional
    public long bytes(TeamName team) {
        return sql.query("select coalesce(sum(bytes), 0) from artifact where team = ?", row -> row.getLong(1), team)
                .get(0);
    }

    /** Writes it, piece by piece. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void insert(StoredArtifact artifact, InputStream content) {
        sql.update(
                "insert into artifact (team, sha256, name, bytes, uploaded_by, uploaded_at, last_used_at) values (?, ?, ?, ?, ?, ?, ?)",
                artifact.team(),
                artifact.sha256(),
                artifact.name(),
                artifact.bytes(),
                artifact.uploadedBy(),
                artifact.uploadedAt(),
                artifact.lastUsedAt());
        try {
            int number = 0;
            for (byte[] piece = content.readNBytes(PIECE); piece.length > 0; piece = content.readNBytes(PIECE)) {
                sql.update(
                        "insert into artifact_piece (team, sha256, number, content) values (?, ?, ?, ?)",
                        artifact.team(),
                        artifact.sha256(),
                        number++,
                        piece);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read what was uploaded of " + artifact.sha256(), e);
        }
    }

    /** The piece of that number, from 0; empty after the last. */
    @Transactional
    public Optional<byte[]> piece(TeamName team, String sha256, int number) {
        return sql
                .query(
                        "select content from artifact_piece where team = ? and sha256 = ? and number = ?",
                        row -> row.getBytes(1),
                        team,
                        sha256,
                        number)
                .stream()
                .findFirst();
    }

    /** True where it is there; then it counts as used now, and nobody deletes it before the transaction ends. */
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean touch(TeamName team, String sha256, Instant now) {
        return sql.update(
                        "update artifact set last_used_at = greatest(last_used_at, ?) where team = ? and sha256 = ?",
                        now,
                        team,
                        sha256)
                > 0;
    }

    /** Writes down which of these jobs name which. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void named(List<Job> jobs) {
        List<Map.Entry<Job, ArtifactRef>> all = jobs.stream()
                .flatMap(job -> job.spec().life().artifacts().stream().map(one -> Map.entry(job, one)))
                .toList();
        sql.batch(
                "insert into job_artifact (job, team, sha256) values (?, ?, ?) on conflict do nothing",
                all,
                (row, one) -> row.text(one.getKey().id())
                        .text(one.getKey().team())
                        .text(one.getValue().sha256()));
    }

    /** A job that has not ended and names it; empty where none does. */
    @Transactional
    public Optional<JobId> user(TeamName team, String sha256) {
        return sql.query("""
                        select job.id from job_artifact join job on job.id = job_artifact.job
                        where job_artifact.team = ? and job_artifact.sha256 = ? and job.finished_at is null
                        order by job.id limit 1""", row -> new JobId(row.getString(1)), team, sha256).stream()
                .findFirst();
    }

    /** False where it is not there, or a job that has not ended names it. */
    @Transactional
    public boolean delete(TeamName team, String sha256) {
        lock(team, sha256);
        return sql.update("delete from artifact where team = ? and sha256 = ? and not " + NEEDED, team, sha256) > 0;
    }

    /** Deletes those that nobody has used since, neither by a job that ended later; how many. */
    @Transactional(Transactional.TxType.MANDATORY)
    public int deleteUnused(Instant since, int most) {
        List<StoredArtifact> due = sql.query(
                "select * from artifact where last_used_at < ? and not " + USED
                        + " order by last_used_at limit ? for update skip locked",
                ArtifactStore::read,
                since,
                since,
                most);
        // Asked once more now that the rows are locked: who was accepted with one meanwhile is seen, who comes later
        // finds it gone.
        return due.stream()
                .mapToInt(one -> sql.update(
                        "delete from artifact where team = ? and sha256 = ? and not " + USED,
                        one.team(),
                        one.sha256(),
                        since))
                .sum();
    }

    private void lock(TeamName team, String sha256) {
        sql.query("select 1 from artifact where team = ? and sha256 = ? for update", row -> 1, team, sha256);
    }

    private static StoredArtifact read(ResultSet row) throws SQLException {
        return new StoredArtifact(
                new TeamName(row.getString("team")),
                row.getString("sha256"),
                row.getString("name"),
                row.getLong("bytes"),
                row.getString("uploaded_by"),
                Instants.of(row, "uploaded_at"),
                Instants.of(row, "last_used_at"));
    }
}
