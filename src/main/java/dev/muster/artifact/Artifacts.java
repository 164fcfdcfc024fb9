package dev.muster.artifact;

import dev.muster.Settings;
import dev.muster.postgres.ArtifactStore;
import dev.muster.postgres.StoredArtifact;
import dev.muster.postgres.TeamStore;
import dev.muster.problem.Fault;
import dev.muster.problem.MusterException;
import dev.muster.problem.Place;
import dev.muster.quota.name.JobId;
import dev.muster.quota.name.TeamName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Takes files in and lets them go: whole, with the content that was said, within what its team may keep, or not at all. */
@ApplicationScoped
public class Artifacts {
    private final ArtifactStore store;
    private final TeamStore teams;
    private final InstantSource clock;
    private final Path directory;
    private final long mostBytes;
    private final long teamBytes;

    Artifacts(ArtifactStore store, TeamStore teams, InstantSource clock, Settings settings) {
        this.store = store;
        this.teams = teams;
        this.clock = clock;
        this.directory = settings.data().resolve("uploads");
        this.mostBytes = settings.artifacts().mostBytes().asLongValue();
        this.teamBytes = settings.artifacts().teamBytes().asLongValue();
    }

    /** Reads the whole of it before anything is decided: who sends slowly holds up nobody. */
    public Upload receive(InputStream in, Place place) {
        return Upload.receive(in, directory, mostBytes, place);
    }

    /**
     * Keeps it, where its content is what was {@code declared} (null: nothing was). What is known already is only touched.
     *
     * @throws MusterException where it is another content, or more than the team may keep; then nothing is kept
     */
    @Transactional
    public StoredArtifact keep(
            TeamName team, String actor, String name, @Nullable String declared, Upload upload, Place place) {
        if (teams.find(team).isEmpty()) {
            throw MusterException.notFound("team", team.value());
        }
        if (declared != null && !declared.equals(upload.sha256())) {
            throw MusterException.invalid(new Fault(
                    place.pointer(),
                    Fault.Kind.BAD_VALUE,
                    "%d bytes with SHA-256 %s: expected the content of %s"
                            .formatted(upload.bytes(), upload.sha256(), declared),
                    "It was changed on its way, or cut off: send it again"));
        }
        store.alone(team);
        Instant now = clock.instant();
        if (store.touch(team, upload.sha256(), now)) {
            return store.find(team, upload.sha256()).orElseThrow();
        }
        long kept = store.bytes(team);
        if (kept + upload.bytes() > teamBytes) {
            throw MusterException.invalid(new Fault(
                    place.pointer(),
                    Fault.Kind.NOT_ALLOWED,
                    "%d bytes: team '%s' keeps %d of the %d that it may (muster.artifacts.team-bytes)"
                            .formatted(upload.bytes(), team, kept, teamBytes),
                    "Delete what is not needed: muster artifacts --team " + team));
        }
        StoredArtifact artifact = new StoredArtifact(team, upload.sha256(), name, upload.bytes(), actor, now, now);
        try (InputStream content = Files.newInputStream(upload.file())) {
            store.insert(artifact, content);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + upload.file(), e);
        }
        return artifact;
    }

    /** @throws MusterException where there is none, or a job that has not ended names it */
    @Transactional
    public void delete(TeamName team, String sha256) {
        if (store.delete(team, sha256)) {
            return;
        }
        JobId user = store.user(team, sha256).orElseThrow(() -> MusterException.notFound("artifact", sha256));
        throw MusterException.inUse(
                "artifact", sha256, "job " + user, "Cancel the job, or wait for its end; then delete it again");
    }
}
