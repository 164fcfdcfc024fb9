package dev.muster.artifact;

import dev.muster.Settings;
import dev.muster.cycle.Heartbeat;
import dev.muster.postgres.ArtifactStore;
import dev.muster.postgres.DatabaseUnavailable;
import dev.muster.postgres.Leadership;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** Deletes what nobody uses: artifacts, by who leads; what uploads left that a kill cut off, at the start. */
@ApplicationScoped
public class Sweeping {
    private static final Logger LOG = Logger.getLogger(Sweeping.class);
    private static final int AT_ONCE = 20;

    private final Round round;
    private final Duration keep;
    private final Path uploads;

    Sweeping(Round round, Settings settings) {
        this.round = round;
        this.keep = settings.artifacts().keep();
        this.uploads = settings.data().resolve("uploads");
    }

    /** No other service has this data directory. */
    void start(@Observes StartupEvent start) {
        if (!Files.isDirectory(uploads)) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(uploads)) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot clear " + uploads, e);
        }
    }

    void beat(@Observes Heartbeat beat) {
        try {
            look(beat.epoch(), keep);
        } catch (Leadership.Lost e) {
            LOG.debugf("act=sweeping-left why=\"%s\"", e.getMessage());
        } catch (RuntimeException e) {
            // What an outage leaves is deleted after it.
            DatabaseUnavailable.in(e).orElseThrow(() -> e);
        }
    }

    /** Deletes those that were not used for so long, some at once; how many. */
    public int look(long epoch, Duration unused) {
        int deleted = round.delete(epoch, unused);
        if (deleted > 0) {
            LOG.infof("act=artifacts-deleted count=%d", deleted);
        }
        return deleted;
    }

    /** One transaction of the leader. */
    @ApplicationScoped
    static class Round {
        private final ArtifactStore store;
        private final Leadership leadership;
        private final InstantSource clock;

        Round(ArtifactStore store, Leadership leadership, InstantSource clock) {
            this.store = store;
            this.leadership = leadership;
            this.clock = clock;
        }

        @Transactional
        int delete(long epoch, Duration unused) {
            leadership.requireEpoch(epoch);
            return store.deleteUnused(clock.instant().minus(unused), AT_ONCE);
        }
    }
}
