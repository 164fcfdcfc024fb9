package dev.muster.submission;

import dev.muster.job.ArrayPlace;
import dev.muster.job.Job;
import dev.muster.postgres.RushStore;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.priority.PreemptionPolicy;
import dev.muster.quota.priority.PriorityClass;
import dev.muster.team.RushAllowance;
import dev.muster.team.RushLeft;
import dev.muster.team.Team;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts the jobs that may evict others, where their team has only so many: once for each submission, an array as one, and what was
 * created past Muster when it becomes a job.
 */
@ApplicationScoped
public class Rush {
    private final RushStore store;

    Rush(RushStore store) {
        this.store = store;
    }

    /**
     * Spends one for each of the jobs that is of such a class; nothing where it is only tried.
     *
     * @throws MusterException where fewer are left
     */
    void spend(
            Submission submission,
            Team team,
            List<Job> jobs,
            Map<PriorityClassName, PriorityClass> classes,
            Instant now) {
        RushAllowance allowance = team.rush();
        if (allowance == null) {
            return;
        }
        List<String> wanted = jobs.stream()
                .filter(job -> evicts(classes.get(job.spec().priorityClass())))
                .map(Rush::counted)
                .distinct()
                .toList();
        if (wanted.isEmpty()) {
            return;
        }
        store.lock(team.name());
        RushLeft left = RushLeft.of(allowance, store.uses(team.name(), now), submission.actor(), wanted.size(), now);
        if (!left.isEnough(wanted.size())) {
            throw MusterException.rushSpent(team.name().value(), wanted.size(), left.left(), left.nextAt());
        }
        if (!submission.dry()) {
            store.use(team.name(), submission.actor(), wanted, now);
        }
    }

    /** Spends one for a job that is there already; where none is left it spends nothing, and says when the next is free. */
    public Optional<RushLeft> spendOne(String actor, Team team, Job job, PriorityClass named, Instant now) {
        RushAllowance allowance = team.rush();
        if (allowance == null || !evicts(named)) {
            return Optional.empty();
        }
        store.lock(team.name());
        RushLeft left = RushLeft.of(allowance, store.uses(team.name(), now), actor, 1, now);
        if (!left.isEnough(1)) {
            return Optional.of(left);
        }
        store.use(team.name(), actor, List.of(counted(job)), now);
        return Optional.empty();
    }

    private static boolean evicts(@Nullable PriorityClass named) {
        return named != null && named.preemptionPolicy() == PreemptionPolicy.PREEMPT_LOWER_PRIORITY;
    }

    private static String counted(Job job) {
        ArrayPlace place = job.spec().place();
        return place == null ? job.id().value() : place.array().value();
    }
}
