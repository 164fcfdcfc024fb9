package dev.muster.cycle;

import dev.muster.Settings;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.Telling;
import dev.muster.job.Attempt;
import dev.muster.job.AttemptState;
import dev.muster.postgres.AttemptStore;
import dev.muster.postgres.UnreadableRow;
import dev.muster.quota.name.AttemptId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Lets go what the cluster has and nobody wants: attempts that are ended here. Attempts that the database does not know are set
 * aside and reported, never touched. Where there is more to let go than a mishap explains, an operator has to say so first.
 */
@ApplicationScoped
public class Sweep {
    private static final Logger LOG = Logger.getLogger(Sweep.class);
    private static final int ALWAYS = 5;
    private static final int ONE_IN = 100;

    private final Cluster cluster;
    private final AttemptStore attempts;
    private final Settings settings;
    private volatile int setAside;
    private volatile int waits;

    Sweep(Cluster cluster, AttemptStore attempts, Settings settings) {
        this.cluster = cluster;
        this.attempts = attempts;
        this.settings = settings;
    }

    /** Attempts in the cluster that the database does not know. */
    int setAside() {
        return setAside;
    }

    /** Ended attempts in the cluster that wait for an operator. */
    int waits() {
        return waits;
    }

    void run(World world) {
        Set<AttemptId> known = cluster.attempts();
        Set<AttemptId> extra = new TreeSet<>(known);
        extra.removeAll(world.attempts().stream().map(Attempt::id).collect(Collectors.toSet()));
        List<AttemptId> ended = new ArrayList<>();
        List<AttemptId> unknown = new ArrayList<>();
        for (AttemptId id : extra) {
            Optional<Attempt> attempt = find(id);
            if (attempt.isEmpty()) {
                unknown.add(id);
            } else if (attempt.get().state() == AttemptState.ENDED) {
                ended.add(id);
            }
        }
        letGo(ended, known.size());
        if (!unknown.isEmpty()) {
            LOG.warnf(
                    "act=set-aside attempts=%s why=\"the cluster runs them and the database does not know them\"",
                    unknown);
        }
        setAside = unknown.size();
    }

    /** One whose row cannot be read is as unknown as one without: it is not touched. */
    private Optional<Attempt> find(AttemptId id) {
        try {
            return attempts.find(id);
        } catch (UnreadableRow e) {
            return Optional.empty();
        }
    }

    private void letGo(List<AttemptId> ended, int known) {
        int most = settings.sweep().atMost().orElse(Math.max(ALWAYS, known / ONE_IN));
        if (ended.size() > most) {
            LOG.warnf(
                    "act=sweep-waits attempts=%d most=%d why=\"raise muster.sweep.at-most to let them go\"",
                    ended.size(), most);
            waits = ended.size();
            return;
        }
        waits = 0;
        Map<AttemptId, RuntimeException> troubles = Telling.all(ended, cluster.atOnce(), cluster::release, () -> {});
        ended.stream().filter(id -> !troubles.containsKey(id)).forEach(id -> LOG.infof("act=swept attempt=%s", id));
        troubles.values().stream().findFirst().ifPresent(trouble -> {
            throw trouble;
        });
    }
}
