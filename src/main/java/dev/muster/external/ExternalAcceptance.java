package dev.muster.external;

import dev.muster.cluster.ExternalRef;
import dev.muster.cluster.ExternalWork;
import dev.muster.job.CompletionRules;
import dev.muster.job.Job;
import dev.muster.job.JobSpec;
import dev.muster.job.RetryRules;
import dev.muster.job.Role;
import dev.muster.job.SparkRoles;
import dev.muster.postgres.ExternalJobStore;
import dev.muster.postgres.JobStore;
import dev.muster.quota.priority.PriorityClass;
import dev.muster.submission.JobIds;
import dev.muster.team.Team;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes a job of an object that was created past Muster, in one transaction. What queue and class it may have was checked when it
 * was created; whether it ever fits is told by its reason, as of any job.
 */
@ApplicationScoped
class ExternalAcceptance {
    /** Its object makes pods again: as often as the platform takes them away. */
    private static final RetryRules AGAIN = new RetryRules(0, List.of(), 100);

    /** Nobody makes its pods again: it is never evicted, and given all the time there is. */
    private static final RetryRules ONCE = new RetryRules(0, List.of(), 0);

    private static final Duration USUAL_START = Duration.ofMinutes(10);
    private static final Duration ANY_TIME = Duration.ofDays(365);
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final JobStore jobs;
    private final ExternalJobStore known;
    private final JobIds ids;

    ExternalAcceptance(JobStore jobs, ExternalJobStore known, JobIds ids) {
        this.jobs = jobs;
        this.known = known;
        this.ids = ids;
    }

    /** @throws AlreadyKnown where the object has a job already; then nothing happened */
    @Transactional
    Job accept(ExternalWork work, Team team, PriorityClass priority, Instant now) {
        Job job = Job.accepted(ids.next(), team.name(), spec(work), priority.value(), work.submittedBy(), now);
        jobs.insert(List.of(job), work.submittedBy());
        if (!known.put(work.ref().key(), job.id())) {
            throw new AlreadyKnown(work.ref().key());
        }
        return job;
    }

    static JobSpec spec(ExternalWork work) {
        boolean spark = work.manifest() != null;
        List<Role> roles = work.manifest() != null
                ? SparkWork.roles(work.manifest(), work.roles())
                : work.roles().stream()
                        .map(role -> new Role(role.name(), role.pods(), role.pods(), false, role.template()))
                        .toList();
        CompletionRules completion = spark
                ? new CompletionRules(
                        Set.of(SparkRoles.DRIVER),
                        Map.of(SparkRoles.EXECUTOR, roles.get(1).maximum()))
                : new CompletionRules(roles.stream().map(Role::name).collect(Collectors.toSet()), Map.of());
        return new JobSpec(
                work.ref().name(),
                work.queue(),
                work.priorityClass(),
                roles,
                null,
                null,
                work.evictable() ? USUAL_START : ANY_TIME,
                GRACE,
                null,
                work.evictable() ? AGAIN : ONCE,
                completion,
                Map.of(),
                annotations(work));
    }

    private static Map<String, String> annotations(ExternalWork work) {
        Map<String, String> annotations = new HashMap<>(work.ref().annotations());
        if (work.manifest() != null) {
            SparkWork.pagePort(work.manifest())
                    .ifPresent(port -> annotations.put(ExternalRef.PAGE_PORT, Integer.toString(port)));
        }
        return annotations;
    }

    /** Another replica was faster. */
    static final class AlreadyKnown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AlreadyKnown(String key) {
            super("The object %s has a job already".formatted(key));
        }
    }
}
