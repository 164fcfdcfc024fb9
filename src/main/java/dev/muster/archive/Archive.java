package dev.muster.archive;

import dev.muster.Settings;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterUnavailable;
import dev.muster.cycle.Heartbeat;
import dev.muster.job.Job;
import dev.muster.postgres.DatabaseUnavailable;
import dev.muster.postgres.JobStore;
import dev.muster.quota.name.JobId;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The output of pods as this service keeps it: while they run, before they are let go, and as long as the operator wants. */
@ApplicationScoped
public class Archive {
    private static final Logger LOG = Logger.getLogger(Archive.class);
    private static final int JOBS = 1_000;
    private static final int BEATS_BETWEEN_SWEEPS = 60;

    private final Settings settings;
    private final JobStore jobs;
    private final InstantSource clock;
    private final OutputFiles files;
    private final @Nullable Shipping shipping;
    private volatile @Nullable ArchivedCluster archived;
    private int beats;
    private String sweptTo = "";

    Archive(Settings settings, JobStore jobs, InstantSource clock) {
        this.settings = settings;
        this.jobs = jobs;
        this.clock = clock;
        this.files = new OutputFiles(
                settings.logs().directory().orElseGet(() -> settings.data().resolve("logs")),
                settings.logs().mostBytes());
        this.shipping = OutputBucket.of(settings.logs().s3())
                .map(place -> new Shipping(
                        files, new Bucket(place), settings.logs().s3().prefix()))
                .orElse(null);
    }

    /** The cluster, its output kept where that is wanted. */
    public Cluster around(Cluster cluster) {
        boolean wanted = settings.logs().archive().orElse(settings.cluster() == Settings.ClusterKind.KUBERNETES);
        if (!wanted) {
            return cluster;
        }
        ArchivedCluster around = new ArchivedCluster(cluster, files, shipping, clock);
        archived = around;
        return around;
    }

    void beat(@Observes Heartbeat beat) {
        ArchivedCluster around = archived;
        if (around == null) {
            return;
        }
        try {
            around.follow();
            if (++beats % BEATS_BETWEEN_SWEEPS == 0) {
                sweep();
            }
        } catch (ClusterUnavailable | UncheckedIOException e) {
            LOG.warnf("act=archive-waits why=\"%s\"", e.getMessage());
        } catch (RuntimeException e) {
            DatabaseUnavailable.in(e).orElseThrow(() -> e);
        }
    }

    /** Deletes the output of jobs that are gone, and what is older than is kept. */
    void sweep() {
        List<JobId> kept = files.jobs(sweptTo, JOBS);
        Set<JobId> known = jobs.find(kept).stream().map(Job::id).collect(Collectors.toSet());
        var oldest = clock.instant().minus(settings.logs().keep());
        for (JobId job : kept) {
            if (!known.contains(job) || files.changed(job).isBefore(oldest)) {
                delete(job);
            } else if (shipping != null) {
                files.toShip(job).forEach(shipping::offer);
            }
        }
        sweptTo = kept.size() < JOBS ? "" : kept.get(kept.size() - 1).value();
    }

    /** The bucket first: what is still here is tried again. */
    private void delete(JobId job) {
        try {
            if (shipping != null) {
                shipping.delete(job);
            }
            files.delete(job);
        } catch (IOException e) {
            LOG.warnf("act=output-not-deleted job=%s why=\"%s\"", job, e.getMessage());
        }
    }

    @PreDestroy
    void close() {
        ArchivedCluster around = archived;
        if (around != null) {
            around.close();
        }
        if (shipping != null) {
            shipping.close();
        }
    }
}
