package dev.muster.external;

import dev.muster.cluster.ExternalRef;
import dev.muster.cluster.ExternalWork;
import dev.muster.event.Event;
import dev.muster.event.EventType;
import dev.muster.event.Why;
import dev.muster.job.CompletionRules;
import dev.muster.job.Job;
import dev.muster.job.JobSpec;
import dev.muster.job.RetryRules;
import dev.muster.job.Role;
import dev.muster.job.SparkRoles;
import dev.muster.postgres.EventStore;
import dev.muster.postgres.ExternalJobStore;
import dev.muster.postgres.JobStore;
import dev.muster.problem.Code;
import dev.muster.problem.MusterException;
import dev.muster.quota.name.PriorityClassName;
import dev.muster.quota.priority.PreemptionPolicy;
import dev.muster.quota.priority.PriorityClass;
import dev.muster.submission.JobIds;
import dev.muster.submission.Rush;
import dev.muster.team.RushLeft;
import dev.muster.team.Team;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes a job of an object that was created past Muster, in one transaction. What queue and class it may have was checked when it
 * was created; whether it ever fits is told by its reason, as of any job. Only what is counted is counted here: where the team has
 * none left of a class that evicts others, the job waits in the highest that evicts nobody, and its events say so.
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
    private final Rush rush;
    private final EventStore events;

    ExternalAcceptance(JobStore jobs, ExternalJobStore known, JobIds ids, Rush rush, EventStore events) {
        this.rush = rush;
        this.events = events;
        this.jobs = jobs;
        this.known = known;
        this.ids = ids;
    }

    /**
     * {@code classes}: those that there are; the one that the object names is among them.
     *
     * @throws AlreadyKnown where the object has a job already; then nothing happened
     * @throws IllegalArgumentException where there is no class that it may have
     */
    @Transactional
    Job accept(ExternalWork work, Team team, Collection<PriorityClass> classes, Instant now) {
        PriorityClass asked = named(classes, work.priorityClass());
        Job wanted = Job.accepted(ids.next(), team.name(), spec(work), asked.value(), work.submittedBy(), now);
        Optional<RushLeft> spent = rush.spendOne(work.submittedBy(), team, wanted, asked, now);
        PriorityClass given = spent.isEmpty() ? asked : belowRush(team, classes, asked);
        Job job = wanted.with(wanted.spec().queue(), given.name(), given.value());
        jobs.insert(List.of(job), work.submittedBy());
        spent.ifPresent(left -> events.append(List.of(lowered(job, asked, team, left, now))));
        if (!known.put(work.ref().key(), job.id())) {
            throw new AlreadyKnown(work.ref().key());
        }
        return job;
    }

    private static PriorityClass named(Collection<PriorityClass> classes, PriorityClassName name) {
        return classes.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no priority class '%s'".formatted(name)));
    }

    /** The highest that evicts nobody of those that the team may have. */
    private static PriorityClass belowRush(Team team, Collection<PriorityClass> classes, PriorityClass asked) {
        return classes.stream()
                .filter(each -> each.preemptionPolicy() == PreemptionPolicy.NEVER
                        && each.value() <= asked.value()
                        && team.mayHave(each.name()))
                .max(Comparator.comparingInt(PriorityClass::value))
                .orElseThrow(() -> new IllegalArgumentException(
                        "team '%s' has used up its jobs of class '%s', and may have none that evicts nobody"
                                .formatted(team.name(), asked.name())));
    }

    private static Event lowered(Job job, PriorityClass asked, Team team, RushLeft left, Instant now) {
        String why = MusterException.rushSpent(team.name().value(), 1, left.left(), left.nextAt())
                .getMessage();
        return new Event(
                now,
                EventType.JOB_CHANGED,
                ExternalJobs.ACTOR,
                job.team(),
                job.id(),
                job.spec().name(),
                null,
                asked.name().value(),
                job.spec().priorityClass().value(),
                Why.of(Code.RUSH_SPENT.name(), why));
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
